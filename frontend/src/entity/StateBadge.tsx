import { useIntl } from '@edx/frontend-platform/i18n';
import { Badge } from '@openedx/paragon';

import type { Entity } from '../data/api';
import { hasChange } from './entityState';
import messages from './messages';

/** How far the review of an item is, in a word. */
export const StateBadge = ({ entity }: { entity: Entity }) => {
  const intl = useIntl();
  const { required_reviewers: required, reviewer_count: count } = entity;
  if (!hasChange(entity)) { return null; }
  // Whoever has reviewed it: as long as somebody asks for changes, it does not go live.
  if (entity.requests.length > 0) {
    return <Badge variant="danger">{intl.formatMessage(messages.changesRequested)}</Badge>;
  }
  if (entity.is_reviewed) { return <Badge variant="success">{intl.formatMessage(messages.reviewed)}</Badge>; }
  if (entity.is_in_progress) { return <Badge variant="light">{intl.formatMessage(messages.inProgress)}</Badge>; }
  if (required > 1 && count > 0) {
    return <Badge variant="info">{intl.formatMessage(messages.partlyReviewed, { count, required })}</Badge>;
  }
  return entity.is_outdated
    ? <Badge variant="warning">{intl.formatMessage(messages.editedAfterReview)}</Badge>
    : <Badge variant="light">{intl.formatMessage(messages.unreviewed)}</Badge>;
};
