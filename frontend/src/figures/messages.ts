import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  library: {
    id: 'sample-plugin-reviews.figures.library',
    defaultMessage: 'Library',
    description: 'Label of the field in which people choose the library that the figures are about.',
  },
  open: {
    id: 'sample-plugin-reviews.figures.open',
    defaultMessage: '{unreviewed, plural, =0 {No change waits for a review} one {# change waits for a review} other {# changes wait for a review}}{overdue, plural, =0 {} other {, # of them too long}}; {requested, plural, =0 {none waits for its author} one {# waits for its author} other {# wait for their authors}}. By age:',
    description: 'Above the bars: how many changes are open in the library.',
  },
  age: {
    id: 'sample-plugin-reviews.figures.age',
    defaultMessage: '{hasEnd, select, true {{from, number} to {to, number} days} other {{from, number} days and more}}',
    description: 'Beside a bar: how long the changes have waited. “0 to 1 days” are those since yesterday.',
  },
  durations: {
    id: 'sample-plugin-reviews.figures.durations',
    defaultMessage: '{of, select, verdict {Half of the changes get a first review within {median}; 9 of 10 within {most}.} other {Half of the changes are published within {median}; 9 of 10 within {most}.}} ({count, number} in the last {days, number} days)',
    description: 'How long reviews take, and publishes. "median" and "most" are durations, such as “2 days”.',
  },
  tooFew: {
    id: 'sample-plugin-reviews.figures.too-few',
    defaultMessage: '{of, select, verdict {Too few changes were reviewed in the last {days, number} days to say how long a first review takes.} other {Too few changes were published in the last {days, number} days to say how long that takes.}}',
    description: 'In place of such a sentence.',
  },
});
