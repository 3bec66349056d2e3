/** What stands before an item, so that its color is not the only sign. */
export const SIGNS = {
  added: '+', removed: '−', replaced: '≠', moved: '↕', pinned: '•', unpinned: '◦', repinned: '•', same: ' ',
};
