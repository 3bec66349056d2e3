/** What the apps beside the reviews answer. A site can have the reviews without them. */
import { get } from './client';
import { statusOf } from './errors';

/** What is at this address; null if the app is not installed. */
export const getIfInstalled = async <T>(address: string): Promise<T | null> => {
  try {
    return await get<T>(address);
  } catch (error) {
    if (statusOf(error) === 404) { return null; }
    throw error;
  }
};
