/** The libraries whose figures the person may see, and the figures of one. */
import { useQuery } from '@tanstack/react-query';

import { get, libraryUrl, url } from '../data/client';
import { options } from '../data/library';
import type { Figures, PaginatedLibraryNameList } from '../data/schema';

const FIVE_MINUTES = 300_000;

export const useManagedLibraries = () => useQuery({
  ...options,
  queryKey: ['sample-plugin-reviews-managed-libraries'],
  queryFn: () => get<PaginatedLibraryNameList>(url('libraries/?may_manage_policy=true')),
  staleTime: FIVE_MINUTES,
});

export const useFigures = (libraryKey: string) => useQuery({
  ...options,
  queryKey: ['sample-plugin-reviews-figures', libraryKey],
  queryFn: () => get<Figures>(libraryUrl(libraryKey, 'figures/')),
});
