/** What tells an item from the others in a list: its key, or its place where Studio has no key for it. */
export const keyOf = ({ key }: { key: string | null }, index: number) => key ?? `no. ${index}`;
