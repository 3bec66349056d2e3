import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  cancel: {
    id: 'sample-plugin-reviews.approve.cancel',
    defaultMessage: 'Cancel',
    description: 'Button that closes a dialog without doing anything.',
  },
  approveRest: {
    id: 'sample-plugin-reviews.approve.approve-rest',
    defaultMessage: 'Approve {count, plural, one {# change} other {# changes}}',
    description: 'Title of the dialog in which all changes in the list can be approved together, and the button in it.',
  },
  approving: {
    id: 'sample-plugin-reviews.approve.approving',
    defaultMessage: 'Approving…',
    description: 'On that button while it works.',
  },
  leftOut: {
    id: 'sample-plugin-reviews.approve.left-out',
    defaultMessage: '{reason, select, own {Your own changes, for another reviewer ({count, number})} own_request {You requested changes here ({count, number})} other_request {Another reviewer requested changes here ({count, number})} other {You cannot review these ({count, number})}}',
    description: 'In that dialog: heading above changes that are not approved.',
  },
  restRefused: {
    id: 'sample-plugin-reviews.approve.rest-refused',
    defaultMessage: '{reviewed, plural, =0 {Nothing was approved, because of {count, plural, one {one change} other {# changes}}.} one {Only # change was approved, because of {count, plural, one {one change} other {# changes}}.} other {Only # changes were approved, because of {count, plural, one {one change} other {# changes}}.}}',
    description: 'In that dialog, if the server refused. The reasons follow.',
  },
  approved: {
    id: 'sample-plugin-reviews.approve.approved',
    defaultMessage: '{count, plural, one {# change approved.} other {# changes approved.}}',
    description: 'When that is done.',
  },
});
