/** What can be said and done about an item. */
import type { Entity, Library, PinnedVersion } from '../data/api';
import { keyOf } from '../data/keyOf';
import { isOwn } from '../data/own';

/** The review in force that the person looking has given, if there is one. */
export const ownReviewOf = (entity: Entity) => entity.reviews.find(isOwn);
/** The request for changes that the person looking has made and that stands, if there is one. */
export const ownRequestOf = (entity: Entity) => entity.requests.find(isOwn);

// One may say one thing after the other: what one says last replaces what one has said before.
export const canMark = (entity: Entity) => entity.may_review.allowed && !ownReviewOf(entity);
export const canRequestChanges = (entity: Entity) => entity.may_review.allowed && !ownRequestOf(entity);
export const canWithdraw = (entity: Entity) => ownReviewOf(entity) !== undefined;
export const canTakeBack = (entity: Entity) => ownRequestOf(entity) !== undefined;

/** Whether something of its own would go live; what a container holds goes by its own review. */
export const hasChange = ({ change }: Entity) => change !== null && change !== 'contents';

/** Whether there is a request for a review to show, or to make. */
export const isForAsking = ({ may }: Library, entity: Entity) => (
  entity.review_request !== null || (may.request_review && hasChange(entity))
);

/** Whether there may be something to review inside. */
export const mayHoldChanges = ({ kind, change }: Entity) => (
  kind !== 'component' && change !== null && change !== 'deleted'
);

/** What tells a pinned version from the others in a list. */
export const pinId = (pin: PinnedVersion, index: number) => `${keyOf(pin, index)}@${pin.version_num}`;

export const canMarkPin = ({ key, draft_change_log_record_id: record, may_review: { allowed } }: PinnedVersion) => (
  key !== null && record !== null && allowed
);
