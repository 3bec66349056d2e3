import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  item: {
    id: 'sample-plugin-reviews.popover.item',
    defaultMessage: 'Review',
    description: 'In place of an item’s title until that is known.',
  },
  notFound: {
    id: 'sample-plugin-reviews.popover.not-found',
    defaultMessage: 'There is no such item, or you may not see it.',
    description: 'Shown if the server does not find the item that is open in Studio.',
  },
  pins: {
    id: 'sample-plugin-reviews.popover.pins',
    defaultMessage: '{count, plural, one {# pinned version needs} other {# pinned versions need}} a review first: see what changed.',
    description: 'About a unit that contains certain versions of items which need a review of their own. “See what changed” is a button below.',
  },
  whatChanged: {
    id: 'sample-plugin-reviews.popover.what-changed',
    defaultMessage: 'See what changed',
    description: 'Button that opens this change in the page of reviews.',
  },
  withContents: {
    id: 'sample-plugin-reviews.popover.with-contents',
    defaultMessage: 'Review with contents',
    description: 'Button that opens a container and all changes inside it in the page of reviews.',
  },
  openReviews: {
    id: 'sample-plugin-reviews.popover.open-reviews',
    defaultMessage: 'Open reviews',
    description: 'Button that opens the page of reviews.',
  },
});
