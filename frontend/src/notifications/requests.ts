/** When the person is told about what, by mail: an API beside that of the reviews. */
import { getConfig } from '@edx/frontend-platform';
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { options, sending } from '../data/library';
import { getIfInstalled } from '../data/neighbours';
import type { NotificationTimings } from '../data/schema';

export type { NotificationTimings } from '../data/schema';

const QUERY_KEY = ['sample-plugin-notifications', 'me'];
const address = () => `${getConfig().STUDIO_BASE_URL}/api/sample-plugin/notifications/v1/me/`;

/** When the person is told; null if notifications are not installed. */
export const useTimings = () => useQuery({
  ...options,
  queryKey: QUERY_KEY,
  queryFn: () => getIfInstalled<NotificationTimings>(address()),
});

export const useSetTimings = () => {
  const queryClient = useQueryClient();
  return useMutation({
    ...sending,
    mutationFn: async (changes: NotificationTimings): Promise<NotificationTimings> => (
      (await getAuthenticatedHttpClient().patch(address(), changes)).data
    ),
    onSuccess: (timings) => queryClient.setQueryData(QUERY_KEY, timings),
  });
};
