/** What the server answers. Each call may differ in what the test is about. */
import type {
  Difference, Entity, Import, Judgement, Library, MayReview, OpenRequest, Person, PublishResult, Review, PinnedVersion,
} from '../data/schema';
import type { Queue, QueueRow } from '../data/api';

export const LIBRARY_KEY = 'lib:Test:Bread';

export const aPerson = (username: string, name = '', change: Partial<Person> = {}): Person => ({
  username, name, is_active: true, ...change,
});

export const mayNot = (reason: MayReview['reason'], changedAt: string | null = null): MayReview => ({
  allowed: false, reason, changed_at: changedAt,
});

export const aLibrary = (change: Partial<Library> = {}): Library => ({
  key: LIBRARY_KEY,
  title: 'Bread',
  mode: 'required',
  review_required: true,
  required_by: 'default',
  required_reviewers: 1,
  required_reviewers_by: 'default',
  who_may_review: 'not_contributors',
  who_may_review_by: 'default',
  review_starts: 'every_save',
  review_starts_by: 'default',
  counts: {
    unpublished: 3, reviewed: 1, unreviewed: 2, changes_requested: 0, in_progress: 0, skipped: 0,
  },
  mine: {
    unpublished: 0, unreviewed: 0, changes_requested: 0, outdated: 0,
  },
  waits_for_me: { to_review: 2, to_answer: 0 },
  last_publish: null,
  revision: '1',
  may: {
    view: true, review: true, request_review: false, publish_reviewed: true, manage_policy: false,
  },
  ...change,
});

export const anEntity = (change: Partial<Entity> = {}): Entity => ({
  key: 'lb:Test:Bread:html:salt',
  title: 'Salt',
  kind: 'component',
  block_type: 'html',
  change: 'edited',
  draft_version_num: 2,
  published_version_num: 1,
  changed_by: aPerson('ada', 'Ada'),
  changed_at: '2026-01-02T03:04:05Z',
  draft_change_log_record_id: 12,
  is_reviewed: false,
  is_outdated: false,
  reviews: [],
  requests: [],
  outdated_requests: [],
  required_reviewers: 1,
  reviewer_count: 0,
  is_own_change: false,
  my_last_version: null,
  may_review: { allowed: true, reason: null, changed_at: null },
  review_request: null,
  is_in_progress: false,
  contained_in: [],
  unreviewed_pins: [],
  ...change,
});

export const aReview = (change: Partial<Review> = {}): Review => ({
  id: 1,
  verdict: 'reviewed',
  reviewer: aPerson('rita', 'Rita'),
  reviewer_may_review: true,
  created: '2026-01-03T03:04:05Z',
  note: '',
  version_num: 2,
  is_carried_over: false,
  replaced: false,
  in_force: true,
  withdrawn_at: null,
  withdrawn_by: null,
  withdrawn_reason: '',
  ...change,
});

/** How a publish was judged. */
export const aJudgement = (change: Partial<Judgement> = {}): Judgement => ({
  publish_log_id: 3,
  basis: 'reviewed',
  unreviewed: false,
  mode: 'required',
  required_reviewers: 1,
  decided_by: null,
  reason: '',
  ...change,
});

/** A request for changes, of somebody else than who looks at it. */
export const aRequest = (change: Partial<Review> = {}): Review => aReview({
  id: 5, verdict: 'changes_requested', reviewer: aPerson('otto', 'Otto'), note: 'Name the amount.', ...change,
});

/** A request for a review, of two people by name. */
export const aReviewRequest = (change: Partial<OpenRequest> = {}): OpenRequest => ({
  id: 3,
  requested_by: aPerson('ada', 'Ada'),
  reviewers: [aPerson('rita', 'Rita'), aPerson('otto', 'Otto')],
  awaited: [aPerson('rita', 'Rita'), aPerson('otto', 'Otto')],
  message: 'Is it <b>enough</b>?',
  due: null,
  created: '2026-01-03T03:04:05Z',
  ...change,
});

/** A version that a unit pins. */
export const aPin = (change: Partial<PinnedVersion> = {}): PinnedVersion => ({
  key: 'lb:Test:Bread:html:yeast',
  title: 'Yeast',
  version_num: 3,
  draft_change_log_record_id: 33,
  changes_requested: false,
  may_review: { allowed: true, reason: null, changed_at: null },
  ...change,
});

export const anImport = (change: Partial<Import> = {}): Import => ({
  draft_change_log_id: 5,
  imported_by: aPerson('ada', 'Ada'),
  source: 'course X',
  imported_at: '2026-01-02T03:04:05Z',
  change_count: 27,
  unpublished: 27,
  unreviewed: 24,
  reviewed: 3,
  may_review: { allowed: true, reason: null, changed_at: null },
  ...change,
});

export const aResult = (change: Partial<PublishResult> = {}): PublishResult => ({
  published_count: 1,
  skipped_count: 0,
  published: [{ key: 'lb:Test:Bread:html:salt', title: 'Salt', change: 'edited' }],
  skipped: [],
  ...change,
});

/** Of the OLX, by default: one line was put in place of another. */
export const aDifference = (change: Partial<Difference> = {}): Difference => ({
  key: 'lb:Test:Bread:html:salt',
  title: 'Salt',
  since: 'published',
  change: 'edited',
  draft_change_log_record_id: 12,
  old: { version_num: 1, title: 'Salt' },
  new: { version_num: 2, title: 'Salt' },
  title_changed: false,
  olx: {
    state: 'changed',
    old_size: 40,
    new_size: 42,
    unified: [
      '--- published', '+++ draft', '@@ -1,3 +1,3 @@', ' <html>', '-<p>Two grams of salt.</p>', '+<p>Ten grams of salt.</p>',
      ' </html>', '',
    ].join('\n'),
  },
  files: [],
  file_count: 0,
  children: null,
  children_state: null,
  child_count: 0,
  words: null,
  listed_in: [],
  listed_in_count: 0,
  ...change,
});

let rowCount = 0;

/** One line of the queue. Each has a key of its own, unless a test gives it one. */
export const aRow = (change: Partial<QueueRow> = {}): QueueRow => {
  rowCount += 1;
  return {
    key: `lb:Test:Bread:html:row-${rowCount}`,
    title: `Row ${rowCount}`,
    kind: 'component',
    block_type: 'html',
    change: 'edited',
    draft_change_log_record_id: 12,
    draft_version_num: 2,
    published_version_num: 1,
    changed_by: { username: 'ada', name: 'Ada' },
    changed_at: '2026-01-02T03:04:05Z',
    state: 'unreviewed',
    is_outdated: false,
    review_count: 0,
    my_verdict: null,
    is_mine: false,
    may_review: { allowed: true, reason: null, changed_at: null },
    waits_for_me: null,
    review_request: null,
    path: [],
    ...change,
  };
};

export const aQueue = (results: QueueRow[], change: Partial<Queue> = {}): Queue => ({
  count: results.length, next: null, previous: null, num_pages: 1, current_page: 1, start: 0, results, ...change,
});
