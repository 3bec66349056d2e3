/**
 * What changed between two versions of an item.
 *
 * All of it is other people's writing, and shown as text: nothing of it is ever markup here. It is loaded when somebody
 * wants to see a difference, with the library that reads them.
 */
import { useId } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import type { Difference } from '../data/api';
import { keyOf } from '../data/keyOf';
import { ChildDifferences } from './ChildDifferences';
import { FileDifferences } from './FileDifferences';
import { OlxDifference } from './OlxDifference';
import { readable } from './readable';
import messages from './messages';
import './difference.css';

interface Props {
  entityKey: string;
  difference: Difference;
}

export const DifferenceView = ({ entityKey, difference }: Props) => {
  const intl = useIntl();
  const titleId = useId();
  const listedId = useId();
  const {
    change, since, old: oldSide, new: newSide, olx, files, listed_in: listedIn,
  } = difference;
  const names = {
    old: intl.formatMessage(messages.oldSide, { since, version: oldSide?.version_num ?? 'none' }),
    new: intl.formatMessage(messages.newSide, { version: newSide?.version_num ?? 'none' }),
  };
  const hasOlx = olx !== null && olx.state !== 'same';
  const hasChildren = difference.children !== null && difference.children_state !== 'same';
  const isUnseen = change === 'edited' && !difference.title_changed && !hasOlx && !hasChildren && files.length === 0;

  return (
    <div className="sample-plugin-reviews-difference">
      <p>
        {intl.formatMessage(messages.summary, { change: change ?? 'none', since })}
        {change === 'edited' && ` ${names.old} → ${names.new}`}
      </p>
      {isUnseen && <p>{intl.formatMessage(messages.unseen)}</p>}
      {difference.title_changed && (
        <section aria-labelledby={titleId} className="mb-4">
          <h3 id={titleId} className="h4">{intl.formatMessage(messages.title)}</h3>
          {oldSide && (
            <p className="sample-plugin-reviews-diff__removed mb-0" dir="auto">
              <span aria-hidden className="sample-plugin-reviews-difference__sign">−</span>
              <span className="sr-only">{intl.formatMessage(messages.removed)}</span>
              <del>{readable(oldSide.title)}</del>
            </p>
          )}
          {newSide && (
            <p className="sample-plugin-reviews-diff__added" dir="auto">
              <span aria-hidden className="sample-plugin-reviews-difference__sign">+</span>
              <span className="sr-only">{intl.formatMessage(messages.added)}</span>
              <ins>{readable(newSide.title)}</ins>
            </p>
          )}
        </section>
      )}
      {listedIn.length > 0 && (
        <section aria-labelledby={listedId} className="mb-4">
          <h3 id={listedId} className="h4">{intl.formatMessage(messages.listedIn)}</h3>
          <ul>
            {listedIn.map(({
              key, title, in_draft: inDraft, is_live: isLive,
            }, index) => (
              <li key={keyOf({ key }, index)}>
                {intl.formatMessage(messages.listing, { title: readable(title), inDraft, isLive })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {hasChildren && <ChildDifferences difference={difference} />}
      {hasOlx && <OlxDifference olx={olx} names={names} hasTwoSides={oldSide !== null && newSide !== null} />}
      {files.length > 0 && <FileDifferences entityKey={entityKey} difference={difference} />}
    </div>
  );
};
