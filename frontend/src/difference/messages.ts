import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  summary: {
    id: 'sample-plugin-reviews.difference.summary',
    defaultMessage: '{change, select, new {This is new.} edited {This was edited.} deleted {Publishing this deletes the item.} other {{since, select, my_last_review {Nothing has changed since your last review.} other {Nothing has changed since it was published.}}}}',
    description: 'How an item has changed, above the details.',
  },
  oldSide: {
    id: 'sample-plugin-reviews.difference.old-side',
    defaultMessage: '{since, select, my_last_review {Reviewed by you} other {Published}}{version, select, none {} other {: version {version}}}',
    description: 'The version that is compared with the draft: the published one, or the one that the person reviewed last.',
  },
  newSide: {
    id: 'sample-plugin-reviews.difference.new-side',
    defaultMessage: 'Draft{version, select, none {} other {: version {version}}}',
    description: 'The draft, beside that version.',
  },
  unseen: {
    id: 'sample-plugin-reviews.difference.unseen',
    defaultMessage: 'The text, the files and the title are the same.',
    description: 'If an item was edited, but nothing has changed that can be shown.',
  },
  title: {
    id: 'sample-plugin-reviews.difference.title',
    defaultMessage: 'Title',
    description: 'Heading above the old title and the new one.',
  },
  removed: {
    id: 'sample-plugin-reviews.difference.removed',
    defaultMessage: 'Removed: ',
    description: 'Read by a screen reader before removed text.',
  },
  added: {
    id: 'sample-plugin-reviews.difference.added',
    defaultMessage: 'Added: ',
    description: 'Read by a screen reader before added text.',
  },

  // The text of a component
  olx: {
    id: 'sample-plugin-reviews.difference.olx',
    defaultMessage: 'Text (OLX)',
    description: 'Heading above the changes in the source of a component. OLX is its format.',
  },
  view: {
    id: 'sample-plugin-reviews.difference.view',
    defaultMessage: 'View',
    description: 'Label of the group of the two buttons “Unified” and “Side by side”, for screen readers.',
  },
  unified: {
    id: 'sample-plugin-reviews.difference.unified',
    defaultMessage: 'Unified',
    description: 'Button that shows removed lines above added lines.',
  },
  split: {
    id: 'sample-plugin-reviews.difference.split',
    defaultMessage: 'Side by side',
    description: 'Button that shows the old text beside the new text.',
  },
  lines: {
    id: 'sample-plugin-reviews.difference.lines',
    defaultMessage: 'Changed lines and the lines around them',
    description: 'Name of the table of lines, for screen readers.',
  },
  text: {
    id: 'sample-plugin-reviews.difference.text',
    defaultMessage: 'Text',
    description: 'Heading of the column with the text of the lines, for screen readers.',
  },
  fromLine: {
    id: 'sample-plugin-reviews.difference.from-line',
    defaultMessage: 'From line {line, number}',
    description: 'Above some lines: the number of the first of them.',
  },
  unended: {
    id: 'sample-plugin-reviews.difference.unended',
    defaultMessage: 'No line break at the end',
    description: 'Beside the last line of a text if no line break ends it.',
  },
  whitespaceOnly: {
    id: 'sample-plugin-reviews.difference.whitespace-only',
    defaultMessage: 'Only spaces and line breaks have changed.',
    description: 'Above lines that differ in nothing else.',
  },
  tooLarge: {
    id: 'sample-plugin-reviews.difference.too-large',
    defaultMessage: 'The text has changed, but is too large to compare here. Before: {old}. Now: {new}.',
    description: 'In place of the changed lines. "old" and "new" are sizes, such as “20 MB”, or “nothing”.',
  },
  nothing: {
    id: 'sample-plugin-reviews.difference.nothing',
    defaultMessage: 'nothing',
    description: 'In place of a size if there was no text, or is none now.',
  },

  // Files
  files: {
    id: 'sample-plugin-reviews.difference.files',
    defaultMessage: 'Files ({count, number})',
    description: 'Heading above the files that have changed.',
  },
  file: {
    id: 'sample-plugin-reviews.difference.file',
    defaultMessage: '{path} {change, select, added {was added} removed {was removed} other {was replaced}}',
    description: 'How a file has changed. "path" is its name.',
  },
  fileSide: {
    id: 'sample-plugin-reviews.difference.file-side',
    defaultMessage: '{side, select, old {Before} other {Now}}: {size}, {type}',
    description: 'How large a file was or is, and of what type, such as “image/png”.',
  },
  image: {
    id: 'sample-plugin-reviews.difference.image',
    defaultMessage: '{side, select, old {Before} other {Now}}: {path}',
    description: 'Read by a screen reader in place of an image. "path" is the name of its file.',
  },
  showImage: {
    id: 'sample-plugin-reviews.difference.show-image',
    defaultMessage: '{side, select, old {Show old image} other {Show new image}} ({size})',
    description: 'Button that loads a large image.',
  },
  brokenImage: {
    id: 'sample-plugin-reviews.difference.broken-image',
    defaultMessage: 'This image cannot be shown.',
    description: 'In place of an image that the browser cannot show.',
  },
  more: {
    id: 'sample-plugin-reviews.difference.more',
    defaultMessage: 'And {count, number} more.',
    description: 'Below a list that is too long to show.',
  },

  // What a container holds
  contents: {
    id: 'sample-plugin-reviews.difference.contents',
    defaultMessage: 'What it contains',
    description: 'Heading above the items of a unit and so on, with what has changed.',
  },
  child: {
    id: 'sample-plugin-reviews.difference.child',
    defaultMessage: '{title}{isDeleted, select, true { (deleted)} other {}}{change, select, same {} added {: added, {newPin, select, null {} other {pinned to version {newPin}, }}at position {to, number}} removed {: removed from position {from, number}} moved {: moved from position {from, number} to {to, number}{newPin, select, null {} other {, pinned to version {newPin}}}} pinned {: pinned to version {newPin}} unpinned {: no longer pinned to version {oldPin}} other {: pinned to version {newPin} in place of {oldPin}}}{needsReview, select, true { (version {newPin} needs a review)} other {}}',
    description: 'An item in a unit and so on, and what has changed about it. An item that is pinned stays in the version named.',
  },
  tooMany: {
    id: 'sample-plugin-reviews.difference.too-many',
    defaultMessage: 'The contents have changed, but are too large to compare here: {count, plural, one {# item} other {# items}}.',
    description: 'In place of the items of a unit and so on.',
  },
  sameChildren: {
    id: 'sample-plugin-reviews.difference.same-children',
    defaultMessage: '{count, plural, one {# other item stays} other {# other items stay}} as before.',
    description: 'Below a list of the items that have changed.',
  },

  // A deletion
  listedIn: {
    id: 'sample-plugin-reviews.difference.listed-in',
    defaultMessage: 'Still listed in',
    description: 'Heading above the units and so on that still list what is deleted.',
  },
  listing: {
    id: 'sample-plugin-reviews.difference.listing',
    defaultMessage: '{title}: {inDraft, select, true {{isLive, select, true {in its draft and as published} other {in its draft}}} other {as published}}',
    description: 'A unit and so on that still lists what is deleted, and in which version of it: “Dough: in its draft”.',
  },
});
