import type { Item } from '../data';

/** What can be in a container, by its type. */
export const CHILD_TYPES: Record<string, string> = {
  section: 'subsection',
  subsection: 'unit',
  unit: 'component',
};

/** Whether an item could be in a container of this type. */
export const isIn = (item: Item, containerType: string) => {
  const type = CHILD_TYPES[containerType];
  return type === 'component' ? !item.isContainer : item.type === type;
};
