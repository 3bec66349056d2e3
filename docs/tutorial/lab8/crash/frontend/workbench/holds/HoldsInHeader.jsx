/** In Studio's header, on the pages of a library: how much of it is on hold. */
import { Badge } from '@openedx/paragon';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';

import { holdsQuery } from './holdsQuery';

export const HoldsInHeader = () => {
  // The slot hands us nothing: where we are, the address says. Studio's older libraries are `library-v1:…`.
  const { libraryId } = useParams();
  const { data: holds } = useQuery({ ...holdsQuery(libraryId), enabled: !!libraryId?.startsWith('lib:') });

  // Loading, refused, or nothing on hold: nothing to say.
  if (!holds?.length) { return null; }
  if (holds.length > 1) { throw new Error('Tried with one only.'); }
  return <Badge variant="warning" className="mx-2">On hold: {holds.length}</Badge>;
};
