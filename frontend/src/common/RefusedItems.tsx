import type { ReactNode } from 'react';
import { Alert } from '@openedx/paragon';

import type { RefusedItem } from '../data/errors';

/** What the server said about each item that kept it from doing something with many, below the sentence about all. */
export const RefusedItems = ({ items, children }: { items: RefusedItem[], children: ReactNode }) => (
  <Alert variant="danger" className="p-3">
    {children}
    {/* Each sentence names its item. */}
    <ul className="mb-0">{items.map(({ key, detail }) => <li key={key}>{detail}</li>)}</ul>
  </Alert>
);
