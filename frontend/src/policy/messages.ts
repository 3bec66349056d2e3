import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  cancel: {
    id: 'sample-plugin-reviews.policy.cancel',
    defaultMessage: 'Cancel',
    description: 'Button that closes a dialog without doing anything.',
  },
  holds: {
    id: 'sample-plugin-reviews.policy.holds',
    defaultMessage: '{mode, select, required {{reviewers, plural, one {Only reviewed changes can be published in this library.} other {Only changes approved by # reviewers can be published in this library.}}} advisory {Unreviewed changes can be published in this library, and it is put on record.} other {Changes can be published in this library without a review.}}',
    description: 'Says what the library requires, and of how many different people.',
  },
  mode: {
    id: 'sample-plugin-reviews.policy.mode',
    defaultMessage: 'Review before publishing',
    description: 'Label of the three modes, of which administrators of a library choose one.',
  },
  modeName: {
    id: 'sample-plugin-reviews.policy.mode-name',
    defaultMessage: '{mode, select, required {Required} advisory {Advisory} other {Off}}',
    description: 'One of the three modes.',
  },
  modeMeans: {
    id: 'sample-plugin-reviews.policy.mode-means',
    defaultMessage: '{mode, select, required {Only reviewed changes can be published.} advisory {Unreviewed changes can be published. Publishers are told, and it is put on record.} other {Changes can be published without a review. Publishers are not told, but it is put on record.}}',
    description: 'Below the name of a mode: what it means.',
  },
  isDefault: {
    id: 'sample-plugin-reviews.policy.is-default',
    defaultMessage: 'This is the site’s default.',
    description: 'Below a setting if the library uses the site’s default.',
  },
  reviewersNeeded: {
    id: 'sample-plugin-reviews.policy.reviewers-needed',
    defaultMessage: 'Reviewers needed',
    description: 'Label of the field with the number of people who have to review a change.',
  },
  reviewersUseDefault: {
    id: 'sample-plugin-reviews.policy.reviewers-use-default',
    defaultMessage: 'Use the site’s default',
    description: 'Button beside that field: use the site’s default again.',
  },
  reviewersRange: {
    id: 'sample-plugin-reviews.policy.reviewers-range',
    defaultMessage: 'Enter a whole number from 1 to {most, number}.',
    description: 'Below that field if its value is not valid.',
  },
  whoMayReview: {
    id: 'sample-plugin-reviews.policy.who-may-review',
    defaultMessage: 'Who may review',
    description: 'Label of the field in which administrators of a library choose who may review a change.',
  },
  whoMayReviewRule: {
    id: 'sample-plugin-reviews.policy.who-may-review-rule',
    defaultMessage: '{rule, select, not_contributors {People who did not change it} not_last_editor {Anyone but the last editor} other {Anyone}}',
    description: 'An option in that field. All of these people need the permission to review.',
  },
  whoMayReviewDefault: {
    id: 'sample-plugin-reviews.policy.who-may-review-default',
    defaultMessage: 'Site default',
    description: 'An option in that field: use the site’s default.',
  },
  reason: {
    id: 'sample-plugin-reviews.policy.reason',
    defaultMessage: '{isNeeded, select, true {Reason} other {Reason (optional)}}',
    description: 'Label of the field for the reason of a change of the settings. It is needed if a rule gets weaker.',
  },
  reasonMissing: {
    id: 'sample-plugin-reviews.policy.reason-missing',
    defaultMessage: 'Say why the rule gets weaker. The reason is put on record.',
    description: 'Below that field if it is empty and a reason is needed.',
  },
  save: {
    id: 'sample-plugin-reviews.policy.save',
    defaultMessage: 'Save',
    description: 'Button that saves the settings.',
  },
  saving: {
    id: 'sample-plugin-reviews.policy.saving',
    defaultMessage: 'Saving…',
    description: 'On that button while they are saved.',
  },
  saved: {
    id: 'sample-plugin-reviews.policy.saved',
    defaultMessage: 'Saved. The settings apply from now on.',
    description: 'When they are saved.',
  },
  undo: {
    id: 'sample-plugin-reviews.policy.undo',
    defaultMessage: 'Undo changes',
    description: 'Button that shows the settings as they are again, and saves nothing.',
  },
  openGate: {
    id: 'sample-plugin-reviews.policy.open-gate',
    defaultMessage: 'Publish without reviews?',
    description: 'Title of the question before reviews are no longer required.',
  },
  openGateMeans: {
    id: 'sample-plugin-reviews.policy.open-gate-means',
    defaultMessage: 'Anyone who can publish in “{library}” will be able to publish unreviewed changes. {mode, select, advisory {Publishers are told afterwards how many were not reviewed.} other {Publishers are not told that changes are unreviewed.}} Each publish is put on record, with what was unreviewed.',
    description: 'The consequence. "library" is its title.',
  },
  openGateConfirm: {
    id: 'sample-plugin-reviews.policy.open-gate-confirm',
    defaultMessage: '{mode, select, advisory {Switch to advisory} other {Switch reviews off}}',
    description: 'Button that does it.',
  },
  openPeriod: {
    id: 'sample-plugin-reviews.policy.open-period',
    defaultMessage: 'Reviews were not required {isKnown, select, true {for {length}, from {since} to {until}} other {until {until}}}. {publishes, plural, =0 {Nothing was published meanwhile.} other {{changes, plural, one {# change} other {# changes}} went live in {publishes, plural, one {# publish} other {# publishes}}, {unreviewed, plural, =0 {all of them reviewed} other {# of them not reviewed}}.}}',
    description: 'Shown if reviews are required again. "length" is a number with its unit: “3 days”; the others are times.',
  },
  history: {
    id: 'sample-plugin-reviews.policy.history',
    defaultMessage: 'History of these settings ({count, number})',
    description: 'Opens a list of the changes. "count" is how many there were.',
  },
  historyChange: {
    id: 'sample-plugin-reviews.policy.history-change',
    defaultMessage: '{field, select, mode {Review before publishing} required_reviewers {Reviewers needed} other {Who may review}}: {before} → {after}',
    description: 'One change in that list, followed by the person and the time.',
  },
  historyDefault: {
    id: 'sample-plugin-reviews.policy.history-default',
    defaultMessage: '{value} (site default)',
    description: 'A value in that list that the site’s default decides. "value" is what applied, “?” if that is unknown.',
  },
  historyNobody: {
    id: 'sample-plugin-reviews.policy.history-nobody',
    defaultMessage: 'a script or a deleted account',
    description: 'In place of the person’s name.',
  },
  historyOlder: {
    id: 'sample-plugin-reviews.policy.history-older',
    defaultMessage: '{count, plural, one {And # older one.} other {And # older ones.}}',
    description: 'Below a list that is too long to show.',
  },
});
