/** What the server answers. Each call may differ in what the test is about. */
import type {
  Entity, Library, PaginatedEntityList, PublishResult, Review,
} from '../data/schema';

export const LIBRARY_KEY = 'lib:Test:Bread';

export const aLibrary = (change: Partial<Library> = {}): Library => ({
  key: LIBRARY_KEY,
  title: 'Bread',
  review_required: true,
  required_by: 'default',
  counts: {
    unpublished: 3, reviewed: 1, unreviewed: 2, skipped: 0,
  },
  may: {
    view: true, review: true, publish_reviewed: true, manage_policy: false,
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
  changed_by: { username: 'ada', name: 'Ada' },
  changed_at: '2026-01-02T03:04:05Z',
  draft_change_log_record_id: 12,
  is_reviewed: false,
  is_overtaken: false,
  reviews: [],
  may_review: { allowed: true, reason: null },
  contained_in: [],
  ...change,
});

export const aReview = (change: Partial<Review> = {}): Review => ({
  id: 1,
  reviewer: { username: 'rita', name: 'Rita' },
  created: '2026-01-03T03:04:05Z',
  note: '',
  version_num: 2,
  is_carried_over: false,
  in_force: true,
  withdrawn_at: null,
  withdrawn_by: null,
  ...change,
});

export const aPage = (results: Entity[], change: Partial<PaginatedEntityList> = {}): PaginatedEntityList => ({
  count: results.length, next: null, previous: null, num_pages: 1, current_page: 1, start: 0, results, ...change,
});

export const aResult = (change: Partial<PublishResult> = {}): PublishResult => ({
  published_count: 1,
  skipped_count: 0,
  published: [{ key: 'lb:Test:Bread:html:salt', title: 'Salt', change: 'edited' }],
  skipped: [],
  ...change,
});
