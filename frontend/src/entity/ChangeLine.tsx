/** How far the review of an item is, what changed, who changed it and when: in one line. */
import { useIntl } from '@edx/frontend-platform/i18n';

import { Ago, usePersonName } from '../common';
import type { Entity } from '../data/api';
import { StateBadge } from './StateBadge';
import messages from './messages';

export const ChangeLine = ({ entity }: { entity: Entity }) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  return (
    <p className="small mb-0">
      <StateBadge entity={entity} />
      {' '}
      {intl.formatMessage(messages.changeLine, {
        type: entity.block_type,
        change: entity.change ?? 'none',
        author: entity.changed_by ? nameOf(entity.changed_by) : intl.formatMessage(messages.unknownAuthor),
      })}
      {entity.changed_at && <>{' · '}<Ago time={entity.changed_at} /></>}
    </p>
  );
};
