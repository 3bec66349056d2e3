/** Beside a unit of a course: how many of its blocks are on hold in the library that they come from. */
import { Card } from '@openedx/paragon';
import { useQueries } from '@tanstack/react-query';

import { holdsQuery } from './holdsQuery';

/** `lib:Org:Slug`, from the key of a block in it: `lb:Org:Slug:html:salt`. */
const libraryOf = (key) => `lib:${key.split(':').slice(1, 3).join(':')}`;

// Studio's list is empty at first. A block of the course's own has no `upstreamLink`.
export const HoldsInUnit = ({ xBlocks = [] }) => {
  const keys = xBlocks.map(({ upstreamLink }) => upstreamLink?.upstreamRef).filter((key) => key?.startsWith('lb:'));
  const libraries = [...new Set(keys.map(libraryOf))];
  const holds = useQueries({ queries: libraries.map(holdsQuery) }).flatMap(({ data = [] }) => data);
  const held = keys.filter((key) => holds.some((hold) => hold.key === key));

  if (held.length === 0) { return null; }
  return (
    <Card className="mb-3">
      <Card.Section>On hold in the library: {held.length} of {keys.length} blocks</Card.Section>
    </Card>
  );
};
