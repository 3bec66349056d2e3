/** What a container holds now that it did not, and the other way round. */
import { useId } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import { AtPlace } from '../conversations/places';
import type { ChildDifference, Difference } from '../data/api';
import { readable } from './readable';
import { SIGNS } from './signs';
import messages from './messages';

/** A list no longer than this is shown as a whole: the order says most. */
const SHORT = 30;

export const ChildDifferences = ({ difference }: { difference: Difference }) => {
  const intl = useIntl();
  const headingId = useId();
  const { children_state: state, child_count: count } = difference;
  const children = difference.children ?? [];
  const changed = children.filter(({ change }) => change !== 'same');
  const shown = children.length <= SHORT ? children : changed;

  const sentenceOf = (child: ChildDifference) => intl.formatMessage(messages.child, {
    title: readable(child.title),
    change: child.change,
    from: child.old_position,
    to: child.new_position,
    oldPin: child.old_pin,
    newPin: child.new_pin,
    isDeleted: child.is_deleted,
    needsReview: child.pin_needs_review,
  });

  return (
    <section aria-labelledby={headingId} className="mb-4">
      <h3 id={headingId} className="h4">{intl.formatMessage(messages.contents)}</h3>
      {state === 'too_large' && <p>{intl.formatMessage(messages.tooMany, { count })}</p>}
      {/* Without the role, Safari takes a list without bullets for none. */}
      {/* eslint-disable-next-line jsx-a11y/no-redundant-roles */}
      <ul role="list" className="list-unstyled">
        {shown.map((child) => (
          <li
            key={`${child.key ?? child.title}-${child.old_position}-${child.new_position}`}
            className={`sample-plugin-reviews-difference__child sample-plugin-reviews-place sample-plugin-reviews-diff__${child.change}`}
          >
            <span aria-hidden className="sample-plugin-reviews-difference__sign">{SIGNS[child.change]}</span>
            {sentenceOf(child)}
            {child.key && child.change !== 'removed' && <AtPlace kind="child" text={child.key} title={child.title} />}
          </li>
        ))}
      </ul>
      {shown.length < children.length && (
        <p>{intl.formatMessage(messages.sameChildren, { count: children.length - shown.length })}</p>
      )}
      {state !== 'too_large' && count > children.length && (
        <p>{intl.formatMessage(messages.more, { count: count - children.length })}</p>
      )}
    </section>
  );
};
