import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  close: {
    id: 'sample-plugin-reviews.fullpage.close',
    defaultMessage: 'Close reviews',
    description: 'Button that closes the reviews and shows the page below them.',
  },
});
