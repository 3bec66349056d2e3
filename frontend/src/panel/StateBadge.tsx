import { useIntl } from '@edx/frontend-platform/i18n';
import { Badge } from '@openedx/paragon';

import type { Entity } from '../data/api';
import messages from './messages';

/** How far the review of an item is, in a word. */
export const StateBadge = ({ entity }: { entity: Entity }) => {
  const intl = useIntl();
  if (entity.change === null || entity.change === 'contents') { return null; }
  if (entity.is_reviewed) { return <Badge variant="success">{intl.formatMessage(messages.reviewed)}</Badge>; }
  return entity.is_overtaken
    ? <Badge variant="warning">{intl.formatMessage(messages.overtaken)}</Badge>
    : <Badge variant="light">{intl.formatMessage(messages.unreviewed)}</Badge>;
};
