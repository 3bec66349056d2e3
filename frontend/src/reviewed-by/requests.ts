/** What learners see of reviews: an API beside that of the reviews. */
import { getConfig } from '@edx/frontend-platform';
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { options, sending } from '../data/library';
import { getIfInstalled } from '../data/neighbours';
import type { MyName, ShownLibrary } from '../data/schema';

const url = (path: string) => `${getConfig().STUDIO_BASE_URL}/api/sample-plugin/reviewed-by/v1/${path}/`;

/** An answer at one address, and how to change it. Null if the app is not installed. */
const useSetting = <Setting extends MyName | ShownLibrary>(path: string) => {
  const queryClient = useQueryClient();
  const queryKey = ['sample-plugin-reviewed-by', path];
  const { data } = useQuery({ ...options, queryKey, queryFn: () => getIfInstalled<Setting>(url(path)) });
  const set = useMutation({
    ...sending,
    mutationFn: async (change: Partial<Setting>): Promise<Setting> => (
      (await getAuthenticatedHttpClient().patch(url(path), change)).data
    ),
    onSuccess: (setting) => queryClient.setQueryData(queryKey, setting),
  });
  return { setting: data, set };
};

/** The name that learners see of the person. */
export const useMyName = () => useSetting<MyName>('me');

/** Whether learners see the library's reviews. */
export const useShownLibrary = (libraryKey: string) => (
  useSetting<ShownLibrary>(`libraries/${encodeURIComponent(libraryKey)}`)
);
