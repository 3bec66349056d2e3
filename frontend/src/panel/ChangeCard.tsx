/** One item: what changed, who changed it, and who reviewed it. */
import type { ReactNode } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router-dom';

import { Ago, usePersonName } from '../common';
import type { Entity, Library } from '../data/api';
import { pathOf, refreshStudio } from '../host/studio';
import { closePanel } from '../panelState';
import { ChangeActions } from './ChangeActions';
import { Pins } from './Pins';
import { Requests } from './Requests';
import { ReviewLine } from './ReviewLine';
import { StateBadge } from './StateBadge';
import type { Seen } from './useSeen';
import type { Say } from './useStatus';
import messages from './messages';

/** In pixels: below this the panel is as wide as the page; see panel.css. */
const NARROW = 576;

interface Props {
  library: Library;
  entity: Entity;
  seen: Seen;
  say: Say;
  /** In a list from which one can select. */
  checkbox?: ReactNode;
}

export const ChangeCard = ({
  library, entity, seen, say, checkbox,
}: Props) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const queryClient = useQueryClient();
  const { title, key } = entity;

  const prepareStudio = () => {
    // What Studio has loaded may be an hour old, and what it shows is what will be approved.
    refreshStudio(queryClient);
    // It covers the whole page, and the item with it.
    if (window.innerWidth < NARROW) { closePanel(); }
  };

  return (
    <li className="border rounded p-3 mb-2">
      <div className="d-flex align-items-start" style={{ gap: '.75rem' }}>
        {checkbox}
        <div className="flex-grow-1" style={{ minWidth: 0 }}>
          <div className="d-flex flex-wrap align-items-baseline justify-content-between" style={{ gap: '.25rem .75rem' }}>
            <h4 className="small font-weight-bold mb-0" dir="auto">
              {key && entity.change !== 'deleted'
                ? <Link to={pathOf(library.key, key)} onClick={prepareStudio}>{title}</Link>
                : title}
            </h4>
            <StateBadge entity={entity} />
          </div>
          <p className="small mb-0">
            {intl.formatMessage(messages.type, { type: entity.block_type })}
            {' · '}
            {intl.formatMessage(messages.change, { change: entity.change ?? 'none' })}
            {entity.changed_at && entity.change && (
              <>
                {' · '}
                {/* Studio does not always keep who it was. */}
                {entity.changed_by
                  ? intl.formatMessage(messages.changedBy, {
                    name: nameOf(entity.changed_by), ago: <Ago time={entity.changed_at} />,
                  })
                  : intl.formatMessage(messages.changedByUnknown, { ago: <Ago time={entity.changed_at} /> })}
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
          <Pins entity={entity} say={say} />
          <Requests entity={entity} mayDismiss={library.may.manage_policy} say={say} />
          {key && <ChangeActions library={library} entityKey={key} entity={entity} seen={seen} say={say} />}
        </div>
      </div>
    </li>
  );
};
