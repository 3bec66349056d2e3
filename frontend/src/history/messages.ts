import { defineMessages } from '@edx/frontend-platform/i18n';

export default defineMessages({
  nothing: {
    id: 'sample-plugin-reviews.history.nothing',
    defaultMessage: 'Nothing is on record yet.',
    description: 'In place of an empty history.',
  },
  older: {
    id: 'sample-plugin-reviews.history.older',
    defaultMessage: 'And {count, plural, one {# older one} other {# older ones}}.',
    description: 'Below a history that is too long to show.',
  },
  happened: {
    id: 'sample-plugin-reviews.history.happened',
    defaultMessage: '{what, select, edit {Edited} editNothing {Saved without a change} editDeletion {Deleted} publish {Published} other {Deletion published}}{by, select, person { by {name}} other { by an unknown person}}, {ago}',
    description: 'An entry of the history: what happened, who did it and when: “Edited by Ada, 3 hours ago”.',
  },
  added: {
    id: 'sample-plugin-reviews.history.added',
    defaultMessage: '{what}{by, select, person { by {name}} other { by an unknown person}}, {ago}',
    description: 'An entry of the history that another plugin adds, in its words: “Conversation started by Ada, 3 hours ago”.',
  },
  incomplete: {
    id: 'sample-plugin-reviews.history.incomplete',
    defaultMessage: 'Conversations and the like are missing here: a plugin has failed.',
    description: 'Below a history to which other plugins should have added entries.',
  },
  version: {
    id: 'sample-plugin-reviews.history.version',
    defaultMessage: 'version {version, number}',
    description: 'Behind an entry: which version was made or published.',
  },
  replaced: {
    id: 'sample-plugin-reviews.history.replaced',
    defaultMessage: 'Replaced by a later verdict of the same reviewer.',
    description: 'Below a review or a request for changes.',
  },
  basis: {
    id: 'sample-plugin-reviews.history.basis',
    defaultMessage: '{basis, select, restored {Restored from a backup.} before_plugin {Published before reviews were recorded.} other {{unreviewed, select, true {Not reviewed when it went live.} false {Reviewed when it went live.} other {It is not on record what was reviewed.}}{basis, select, not_required {{mode, select, advisory { No review was required: advisory mode.} other { No review was required: reviews were off.}}} other {}}}}',
    description: 'Below a publish: how it was judged then.',
  },
  decidedBy: {
    id: 'sample-plugin-reviews.history.decided-by',
    defaultMessage: 'Published without a review on the word of {name}:',
    description: 'Behind that, if it was published without a review. The reason follows.',
  },
  decidedByNobody: {
    id: 'sample-plugin-reviews.history.decided-by-nobody',
    defaultMessage: 'Published without a review by an operator, or by an account that was deleted since:',
    description: 'In place of that, if no person is on record. The reason follows.',
  },
  unexplained: {
    id: 'sample-plugin-reviews.history.unexplained',
    defaultMessage: 'Unexplained: nothing is on record of why this went live.',
    description: 'Below a publish that went around the plugin.',
  },
});
