import type { Entity } from './schema';

/** What tells an item from the others in a list: its key, or its place where Studio has no key for it. */
export const keyOf = ({ key }: { key: string | null }, index: number) => key ?? `no. ${index}`;

/** The same of an entity. Core has no record of some changes. */
const idOf = (entity: Entity, index: number) => entity.key ?? entity.draft_change_log_record_id ?? keyOf(entity, index);

/** Each once: pages shift while others work, and what has moved down to the next page is on both. */
export const distinct = (entities: Entity[]): Entity[] => [
  ...new Map(entities.map((entity, index) => [idOf(entity, index), entity])).values(),
];
