/** Whether a change is approved with the rest of the list, or why not. Loaded with the list, which counts them. */
import type { QueueRow } from '../data/api';

export type Reason = 'approve' | 'own' | 'own_request' | 'other_request' | 'done' | 'not_allowed';

export const reasonOf = (row: QueueRow): Reason => {
  if (row.state === 'reviewed' || row.my_verdict === 'reviewed') { return 'done'; }
  if (row.my_verdict === 'changes_requested') { return 'own_request'; }
  if (row.may_review.reason === 'own_change') { return 'own'; }
  if (!row.may_review.allowed || row.key === null || row.draft_change_log_record_id === null) { return 'not_allowed'; }
  return row.state === 'changes_requested' ? 'other_request' : 'approve';
};
