/** What is on hold in a library, from the REST API of lab 7, as react-query wants to be asked. */
import { getConfig } from '@edx/frontend-platform';
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';

export const holdsQuery = (libraryKey) => ({
  queryKey: ['holds', libraryKey],
  queryFn: async () => {
    const url = `${getConfig().STUDIO_BASE_URL}/api/holds/v1/libraries/${encodeURIComponent(libraryKey)}/holds/`;
    return (await getAuthenticatedHttpClient().get(url)).data.results;
  },
  // Studio keeps what it has loaded for an hour, and somebody may lift a hold in the next tab.
  staleTime: 30_000,
  // A 404 stays one: the library is none that this person may view, or the server has no holds.
  retry: false,
});
