import { getAuthenticatedUser } from '@edx/frontend-platform/auth';

import type { Review } from './schema';

/** Whether this is the person looking. */
export const isMe = (person: { username: string } | null) => person?.username === getAuthenticatedUser()?.username;

/** Whether the person looking has given this verdict. */
export const isOwn = ({ reviewer }: Review) => isMe(reviewer);
