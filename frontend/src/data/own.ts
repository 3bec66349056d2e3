import { getAuthenticatedUser } from '@edx/frontend-platform/auth';

import type { Review } from './schema';

/** Whether the person looking has given this verdict. */
export const isOwn = ({ reviewer }: Review) => reviewer?.username === getAuthenticatedUser()?.username;
