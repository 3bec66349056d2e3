/** What can be said and done about an item. */
import { getAuthenticatedUser } from '@edx/frontend-platform/auth';

import type { Entity } from '../data/api';

/** The review in force that the person looking has given, if there is one. */
export const ownReviewOf = (entity: Entity) => {
  const username = getAuthenticatedUser()?.username;
  return entity.reviews.find(({ reviewer }) => reviewer?.username === username);
};

export const canMark = (entity: Entity) => entity.may_review.allowed && !ownReviewOf(entity);
export const canWithdraw = (entity: Entity) => ownReviewOf(entity) !== undefined;
