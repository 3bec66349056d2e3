/** Requests to the plugin's REST API, and the one that every page of a library makes. */
import { getConfig } from '@edx/frontend-platform';
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';

import type { Library } from './schema';

export const url = (path: string) => `${getConfig().STUDIO_BASE_URL}/api/sample-plugin/reviews/v1/${path}`;
export const libraryUrl = (libraryKey: string, rest = '') => url(`libraries/${encodeURIComponent(libraryKey)}/${rest}`);
export const entityUrl = (key: string, rest = '') => url(`entities/${encodeURIComponent(key)}/${rest}`);

/** A query string in which a list is the same name several times, as Django reads it. */
export const queryString = (query: Record<string, string | number | boolean | string[] | undefined>) => {
  const params = new URLSearchParams();
  Object.entries(query).forEach(([name, value]) => {
    [value].flat().forEach((single) => {
      if (single !== undefined && single !== '') { params.append(name, String(single)); }
    });
  });
  return params.toString();
};

export const get = async <T>(address: string): Promise<T> => (await getAuthenticatedHttpClient().get(address)).data;

export const getLibrary = (libraryKey: string) => get<Library>(libraryUrl(libraryKey));
