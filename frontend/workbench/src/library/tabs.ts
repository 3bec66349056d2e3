import type { Item } from '../data';

interface Tab {
  /** What follows the library's key in the address. */
  path: string;
  title: string;
  has: (item: Item) => boolean;
}

export const TABS: Tab[] = [
  { path: '', title: 'All content', has: () => true },
  { path: 'components', title: 'Components', has: (item) => !item.isContainer },
  { path: 'units', title: 'Units', has: (item) => item.type === 'unit' },
  { path: 'subsections', title: 'Subsections', has: (item) => item.type === 'subsection' },
  { path: 'sections', title: 'Sections', has: (item) => item.type === 'section' },
];
