/** One item: what changed, who changed it, and who reviewed it. */
import type { ReactNode } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Link } from 'react-router-dom';

import { Ago, usePersonName } from '../common';
import type { Entity } from '../data/api';
import { pathOf } from '../host/studio';
import { ChangeActions } from './ChangeActions';
import { ReviewLine } from './ReviewLine';
import { StateBadge } from './StateBadge';
import type { Seen } from './useSeen';
import messages from './messages';

interface Props {
  libraryKey: string;
  entity: Entity;
  seen: Seen;
  /** Called with what was done. */
  onDone: (sentence: string) => void;
  /** In a list from which one can select. */
  checkbox?: ReactNode;
}

export const ChangeCard = ({
  libraryKey, entity, seen, onDone, checkbox,
}: Props) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const { title, key } = entity;

  return (
    <li className="border rounded p-3 mb-2">
      <div className="d-flex align-items-start" style={{ gap: '.75rem' }}>
        {checkbox}
        <div className="flex-grow-1" style={{ minWidth: 0 }}>
          <div className="d-flex flex-wrap justify-content-between" style={{ gap: '.25rem .75rem' }}>
            <h4 className="h5 mb-0">
              {key && entity.change !== 'deleted' ? <Link to={pathOf(libraryKey, key)}>{title}</Link> : title}
            </h4>
            <StateBadge entity={entity} />
          </div>
          <p className="small mb-0">
            {intl.formatMessage(messages.changeLine, {
              change: entity.change ?? 'none', type: intl.formatMessage(messages.type, { type: entity.block_type }),
            })}
            {entity.changed_at && entity.change && (
              <>
                {' · '}
                {intl.formatMessage(messages.changedBy, {
                  name: nameOf(entity.changed_by), ago: <Ago time={entity.changed_at} />,
                })}
              </>
            )}
          </p>
          {entity.contained_in.length > 0 && (
            <p className="small mb-0">
              {intl.formatMessage(messages.containedIn, {
                titles: intl.formatList(entity.contained_in.map((container) => container.title)),
              })}
            </p>
          )}
          {entity.reviews.length > 0 && (
            <ul className="list-unstyled small mb-0">
              {entity.reviews.map((review) => <ReviewLine key={review.id} review={review} />)}
            </ul>
          )}
          {key && <ChangeActions entityKey={key} entity={entity} seen={seen} onDone={onDone} />}
        </div>
      </div>
    </li>
  );
};
