/** The change as learners will see it, before and after. */
import { useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Badge } from '@openedx/paragon';

import { ChoiceButtons } from '../common';
import type { Difference, Entity } from '../data/api';
import { keyOf } from '../data/keyOf';
import { Frame } from './Frame';
import messages from './messages';

type Arrangement = 'beside' | 'below';
const ARRANGEMENTS: Arrangement[] = ['beside', 'below'];

// For the next change as for this one.
let lastArrangement: Arrangement = 'beside';

const isComponent = (key: string | null): key is string => key?.startsWith('lb:') ?? false;

/** The blocks of a container in their order, each with how its place has changed. */
const Children = ({ difference }: { difference: Difference }) => {
  const intl = useIntl();
  const { children } = difference;
  if (!children?.length) { return <p>{intl.formatMessage(messages.noChildren)}</p>; }
  return (
    <ol className="list-unstyled">
      {children.map((child, index) => {
        const { key, title, change } = child;
        const pin = child.new_pin ?? child.old_pin;
        return (
          // A container may list the same block twice.
          // eslint-disable-next-line react/no-array-index-key
          <li key={`${keyOf({ key }, index)} ${index}`} className="sample-plugin-reviews-workspace__child" data-change={change}>
            <p className="mb-1" dir="auto">
              {title}
              {change !== 'same' && (
                <Badge variant={change === 'removed' ? 'danger' : 'info'} className="ml-2">
                  {intl.formatMessage(messages.childChange, { change })}
                </Badge>
              )}
            </p>
            {isComponent(key) && !child.is_deleted && (
              <Frame
                entityKey={key}
                version={pin ?? (change === 'removed' ? 'published' : 'draft')}
                title={intl.formatMessage(messages.frameOf, { title })}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
};

export const Rendered = ({ entity, difference }: { entity: Entity, difference: Difference }) => {
  const intl = useIntl();
  const [arrangement, setArrangement] = useState(lastArrangement);
  const { key } = entity;
  const { old: before, new: after, since } = difference;
  const arrange = (chosen: Arrangement) => {
    lastArrangement = chosen;
    setArrangement(chosen);
  };

  if (!isComponent(key)) {
    return (
      <>
        {difference.change === 'deleted' && <p>{intl.formatMessage(messages.willBeGone)}</p>}
        <Children difference={difference} />
      </>
    );
  }
  return (
    <>
      {difference.change === 'deleted' && <p>{intl.formatMessage(messages.willBeGone)}</p>}
      {before && after && (
        <ChoiceButtons
          label={intl.formatMessage(messages.arrangement)}
          values={ARRANGEMENTS}
          chosen={arrangement}
          labelOf={(each) => intl.formatMessage(messages.arrangementChoice, { arrangement: each })}
          onChoose={arrange}
          className="sample-plugin-reviews-workspace__arrangement mb-2"
        />
      )}
      <div className="sample-plugin-reviews-workspace__sides" data-arrangement={before && after ? arrangement : 'below'}>
        {[before, after].map((side, index) => side && (
          <section key={index === 0 ? 'before' : 'after'}>
            <h3 className="h5">
              {intl.formatMessage(index === 0 ? messages.before : messages.after, { since, version: side.version_num })}
            </h3>
            <Frame
              entityKey={key}
              version={side.version_num}
              title={intl.formatMessage(messages.frameOf, { title: side.title })}
            />
          </section>
        ))}
      </div>
    </>
  );
};
