/** One of the changes that are reviewed together. */
import { useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import { usePersonName } from '../common';
import type { Entity } from '../data/api';
import { useDifference } from '../data/reading';
import { hasChange } from './entityState';
import { StateBadge } from './StateBadge';
import { WhatChanged } from './WhatChanged';
import messages from './messages';

const InPlace = ({ entityKey }: { entityKey: string }) => {
  const { data, error, refetch } = useDifference(entityKey, 'published');
  return (
    <div className="border-top mt-2 pt-2">
      <WhatChanged entityKey={entityKey} difference={data} error={error} onRetry={refetch} />
    </div>
  );
};

interface Props {
  entity: Entity;
  /** Why it is not marked, or what there is to know before it is. */
  remark?: string;
}

export const ReviewAllItem = ({ entity, remark }: Props) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const [isOpen, setOpen] = useState(false);
  const { key, title } = entity;
  return (
    <li className="border rounded p-2 mb-2">
      <div className="d-flex flex-wrap align-items-baseline" style={{ gap: '.25rem .75rem' }}>
        <span className="font-weight-bold" dir="auto">{title}</span>
        <span className="small">
          {intl.formatMessage(messages.type, { type: entity.block_type })}
          {' · '}
          {intl.formatMessage(messages.change, { change: entity.change ?? 'none' })}
          {' · '}
          {entity.changed_by ? nameOf(entity.changed_by) : intl.formatMessage(messages.unknownAuthor)}
        </span>
        <StateBadge entity={entity} />
        {key && hasChange(entity) && (
          <Button
            variant="tertiary"
            size="sm"
            aria-expanded={isOpen}
            aria-label={intl.formatMessage(messages.whatChangedIn, { title })}
            onClick={() => setOpen(!isOpen)}
          >
            {intl.formatMessage(messages.whatChanged)}
          </Button>
        )}
      </div>
      {remark && <p className="small mb-0">{remark}</p>}
      {isOpen && key && <InPlace entityKey={key} />}
    </li>
  );
};
