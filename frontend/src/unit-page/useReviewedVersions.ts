import { useQuery } from '@tanstack/react-query';

import { getReviewedVersions, type Version } from '../data/api';
import { reviewsKeys } from '../data/library';
import { versionKey } from './blocks';

/** By `{key}@{number}`. What is not in it, we may not see, or it is gone. */
export type VersionsByKey = Map<string, Version>;

// None is without a key: we asked by key.
const byKey = (results: Version[]): VersionsByKey => (
  new Map(results.map((version) => [versionKey(version.key!, version.version_num), version]))
);

export const useReviewedVersions = (versions: string[]) => useQuery({
  queryKey: reviewsKeys.versions(versions),
  queryFn: async () => byKey((await getReviewedVersions(versions)).results),
  // Studio's own queries hold for an hour; somebody may review in the next tab.
  staleTime: 30_000,
  // There is a button for that, and a server without the plugin is to be told apart at once.
  retry: false,
});
