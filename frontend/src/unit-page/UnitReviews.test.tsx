import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type { Review, Version } from '../data/api';
import type { Judgement } from '../data/schema';
import { aJudgement, aPerson, aReview } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { UnitBlocks, versionKey, type XBlock } from './blocks';
import { ReviewsPage } from './ReviewsPage';
import { UnitSidebarWrapper } from './UnitSidebarWrapper';

const VERSIONS = `${API}/entities/versions/`;
const SALT = 'lb:Test:Bread:html:salt';

const block = (name: string, upstreamRef: string | null, versionSynced: number, versionAvailable = versionSynced) => ({
  id: `block-v1:Test+C+1+type@html+block@${name}`,
  name,
  upstreamLink: upstreamRef && { upstreamRef, versionSynced, versionAvailable },
}) as XBlock;

const review = (change: Partial<Review> = {}) => aReview({
  reviewer: aPerson('ruth', 'Ruth Reviewer'),
  created: new Date(Date.now() - 3 * 86_400_000).toISOString(),
  ...change,
});

const version = (number: number, reviews: Review[] = [], key = SALT): Version => ({
  key,
  title: 'Salt',
  version_num: number,
  is_reviewed: reviews.length > 0,
  reviews,
  reviewer_count: reviews.length,
  judgement: null,
});

/** A version that went live, and how it was judged then. */
const judged = (change: Partial<Judgement>, reviews: Review[] = []): Version => {
  const judgement = aJudgement(change);
  return { ...version(2, reviews), is_reviewed: judgement.unreviewed === false, judgement };
};

/** The page, in a unit with these blocks, where the server knows of these versions. */
const show = (blocks: XBlock[], results: Version[] = []) => {
  const http = mockStudio();
  http.onGet(new RegExp(VERSIONS)).reply(({ url }) => {
    const asked = new URL(url!).searchParams.getAll('version');
    const isKnown = (key: string) => results.some((known) => versionKey(known.key!, known.version_num) === key);
    return [200, {
      results: results.filter((known) => asked.includes(versionKey(known.key!, known.version_num))),
      missing: asked.filter((key) => !isKnown(key)).map((key) => ({ version: key, code: 'not_found' })),
    }];
  });
  renderInStudio(<UnitBlocks.Provider value={blocks}><ReviewsPage /></UnitBlocks.Provider>);
  return http;
};

/** What is said below a label. */
const said = async (label: string) => (await screen.findByText(label)).nextElementSibling;

/** The versions that each request asked for. */
const asked = (http: ReturnType<typeof mockStudio>) => (
  http.history.get!.map(({ url }) => new URL(url!).searchParams.getAll('version'))
);

it('says who reviewed the version that the course has, and when', async () => {
  const http = show([block('Salt', SALT, 2)], [version(2, [review()])]);

  expect(await screen.findByRole('heading', { level: 2, name: 'Content from libraries' })).toBeVisible();
  expect(await screen.findByRole('heading', { level: 3, name: 'Salt' })).toBeVisible();
  expect(await said('In this course: version 2')).toHaveTextContent(/^ReviewedReviewed by Ruth Reviewer, 3 days ago$/);
  expect(screen.getByText('3 days ago')).toHaveAttribute('title', expect.stringMatching(/ at /));
  expect(asked(http)).toEqual([[`${SALT}@2`]]);
});

it('says that a version is not reviewed', async () => {
  show([block('Salt', SALT, 2)], [version(2)]);
  expect(await said('In this course: version 2')).toHaveTextContent(/^Not reviewed$/);
  expect(screen.queryByText(/Not synced/)).not.toBeInTheDocument();
});

it('takes a version that not enough people have reviewed for neither', async () => {
  show([block('Salt', SALT, 2)], [{ ...version(2, [review()]), is_reviewed: false }]);
  expect(await said('In this course: version 2')).toHaveTextContent(/^Review not finishedReviewed by Ruth Reviewer/);
});

it.each([
  ['text-success', { required_reviewers: 2 }, [review(), review({ id: 2, reviewer: null })],
    /^Reviewed when it went live\.2 of 2 reviewsReviewed by Ruth Reviewer, 3 days agoReviewed by a deleted account/],
  ['text-success', { basis: 'not_required', mode: 'advisory' }, [review()],
    /^Reviewed when it went live\. No review was required: advisory mode\.1 of 1 review/],
  ['text-success', {}, [review({
    in_force: false, withdrawn_at: new Date(Date.now() - 86_400_000).toISOString(), withdrawn_by: aPerson('ruth', 'Ruth'),
  })], /^Reviewed when it went live\..* · withdrawn by Ruth, yesterday$/],
  ['text-warning', { basis: 'not_required', mode: 'off', unreviewed: true }, [],
    /^Not reviewed when it went live\. No review was required: reviews were off\.$/],
  ['text-warning', { basis: 'restored', unreviewed: true }, [], /^Restored from a backup\.$/],
  ['text-danger', {
    basis: 'bypassed', unreviewed: true, reason: 'The exam is today', decided_by: aPerson('ada', 'Ada'),
  }, [], /^Not reviewed when it went live\. Published without a review on the word of Ada:The exam is today$/],
  ['text-danger', { basis: 'unexplained', unreviewed: null, required_reviewers: null }, [], /^Unexplained: nothing is on record/],
  ['text-gray', { basis: 'before_plugin', unreviewed: null, required_reviewers: null }, [review()],
    /^Published before reviews were recorded\.Reviewed by Ruth/],
] as [string, Partial<Judgement>, Review[], RegExp][])('shows as it was judged what went live: %s, %j', async (color, judgement, reviews, text) => {
  show([block('Salt', SALT, 2)], [judged(judgement, reviews)]);
  const status = await said('In this course: version 2');
  expect(status).toHaveTextContent(text);
  expect(status!.querySelector('.pgn__icon')).toHaveClass(color);
});

it('tells a newer version from the one that the course has', async () => {
  const http = show([block('Salt', SALT, 2, 3)], [version(2), version(3, [review()])]);
  expect(await said('In this course: version 2')).toHaveTextContent(/^Not reviewed$/);
  expect(await said('Not synced yet: version 3')).toHaveTextContent(/^Reviewed/);
  expect(asked(http)).toEqual([[`${SALT}@2`, `${SALT}@3`]]);
});

it('takes an older version in the library for no news', async () => {
  show([block('Salt', SALT, 3, 2)], [version(3)]);
  expect(await said('In this course: version 3')).toBeVisible();
  expect(screen.queryByText(/Not synced/)).not.toBeInTheDocument();
});

it('lists blocks from libraries only, and links to them there', async () => {
  show([
    block('Salt', SALT, 2),
    block('Own text', null, 1),
    block('From another course', 'block-v1:Test+D+1+type@html+block@x', 1),
    block('Dough', 'lct:Test:Bread:unit:dough', 1),
  ], [version(2), version(1, [], 'lct:Test:Bread:unit:dough')]);

  expect(await screen.findAllByRole('listitem')).toHaveLength(2);
  expect(screen.getByRole('link', { name: 'Open in the library (Salt)' }))
    .toHaveAttribute('href', '/library/lib:Test:Bread/components/lb:Test:Bread:html:salt');
  expect(screen.getByRole('link', { name: 'Open in the library (Dough)' }))
    .toHaveAttribute('href', '/library/lib:Test:Bread/unit/lct:Test:Bread:unit:dough');
});

it('says what it may not see, without a link that leads nowhere', async () => {
  show([block('Salt', SALT, 2)]);
  expect(await said('In this course: version 2')).toHaveTextContent(/^Unknown: you cannot view this library/);
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});

it('says that a review of an earlier version holds on', async () => {
  show([block('Salt', SALT, 3)], [version(3, [review({ is_carried_over: true })])]);
  expect(await said('In this course: version 3')).toHaveTextContent(
    'Reviewed by Ruth Reviewer; saved again without a change 3 days ago',
  );
});

it('names whoever has no name by the username, and says whose account is gone', async () => {
  show([block('Salt', SALT, 2)], [
    version(2, [review({ reviewer: aPerson('sam') }), review({ id: 2, reviewer: null })]),
  ]);
  const status = await said('In this course: version 2');
  expect(status).toHaveTextContent('Reviewed by sam, 3 days ago');
  expect(status).toHaveTextContent('Reviewed by a deleted account, 3 days ago');
});

it('says if Studio does not know which version the course has', async () => {
  const http = show([block('Salt', SALT, null as never)]);
  expect(await screen.findByText('The version in this course is unknown.')).toBeVisible();
  expect(asked(http)).toEqual([]);
});

it('says if nothing comes from a library, and asks nobody', async () => {
  const http = show([block('Own text', null, 1)]);
  expect(await screen.findByText('Nothing in this unit comes from a library.')).toBeVisible();
  expect(asked(http)).toEqual([]);
});

it('asks for each version once, and for many in several requests', async () => {
  const blocks = Array.from({ length: 60 }, (_, number) => block(`Salt ${number}`, SALT, Math.floor(number / 2) + 1));
  const http = show(blocks, Array.from({ length: 30 }, (_, number) => version(number + 1)));
  expect(await screen.findAllByText('Not reviewed')).toHaveLength(60);
  expect(asked(http).map((versions) => versions.length)).toEqual([25, 5]);
  expect(new Set(asked(http).flat()).size).toBe(30);
});

it('asks again when somebody comes back to it after a while', async () => {
  const http = show([block('Salt', SALT, 2)], [version(2)]);
  await said('In this course: version 2');
  const later = Date.now() + 31_000;
  jest.spyOn(Date, 'now').mockImplementation(() => later);
  act(() => { window.dispatchEvent(new Event('visibilitychange')); });
  await waitFor(() => expect(asked(http)).toHaveLength(2));
  jest.restoreAllMocks();
});

it('says that it is loading', async () => {
  const http = mockStudio();
  http.onGet(new RegExp(VERSIONS)).reply(() => new Promise(() => {}));
  renderInStudio(<UnitBlocks.Provider value={[block('Salt', SALT, 2)]}><ReviewsPage /></UnitBlocks.Provider>);
  expect(await screen.findByRole('heading', { name: 'Content from libraries' })).toBeVisible();
  expect(screen.getByRole('status')).toHaveTextContent('Loading');
});

it('offers to try again what failed', async () => {
  const http = mockStudio();
  http.onGet(new RegExp(VERSIONS)).replyOnce(500)
    .onGet(new RegExp(VERSIONS)).reply(200, { results: [version(2)], missing: [] });
  renderInStudio(<UnitBlocks.Provider value={[block('Salt', SALT, 2)]}><ReviewsPage /></UnitBlocks.Provider>);

  expect(await screen.findByRole('alert')).toHaveTextContent('Something went wrong in Studio (error 500)');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await said('In this course: version 2')).toHaveTextContent('Not reviewed');
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

it('says so where the plugin is not installed', async () => {
  mockStudio();
  renderInStudio(<UnitBlocks.Provider value={[block('Salt', SALT, 2)]}><ReviewsPage /></UnitBlocks.Provider>);
  expect(await screen.findByText('Reviews are not available in this Studio.')).toBeVisible();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

it('says so if the server refuses', async () => {
  const http = mockStudio();
  http.onGet(new RegExp(VERSIONS)).reply(403, { code: 'not_authenticated', detail: 'Log in first.' });
  renderInStudio(<UnitBlocks.Provider value={[block('Salt', SALT, 2)]}><ReviewsPage /></UnitBlocks.Provider>);
  expect(await screen.findByRole('alert')).toHaveTextContent('Log in first.');
});

it('shows what a reviewer noted', async () => {
  show([block('Salt', SALT, 2)], [version(2, [review({ note: 'Checked the amounts' })])]);
  expect(await said('In this course: version 2')).toHaveTextContent('Checked the amounts');
});

describe('the warning', () => {
  const DOUGH = 'lct:Test:Bread:unit:dough';
  const shown = (blocks: XBlock[], results: Version[]) => {
    const http = mockStudio();
    http.onGet(new RegExp(VERSIONS)).reply(200, { results, missing: [] });
    renderInStudio(<UnitSidebarWrapper component={<p>Studio’s own</p>} pluginProps={{ xBlocks: blocks }} />);
    return http;
  };

  it('names the blocks that came from a version that is not reviewed, above Studio’s own sidebar', async () => {
    shown(
      [block('Salt', SALT, 2), block('Dough', DOUGH, 1), block('Rye', 'lb:Test:Bread:html:rye', 4)],
      [version(2), version(1, [], DOUGH), version(4, [review()], 'lb:Test:Bread:html:rye')],
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('These blocks came from versions that have not been reviewed: Salt and Dough');
    expect(alert.compareDocumentPosition(screen.getByText('Studio’s own'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('is said of a single block, and not of a newer version that is not in the course', async () => {
    shown([block('Salt', SALT, 2), block('Dough', DOUGH, 1, 2)], [
      version(2), version(1, [review()], DOUGH), version(2, [], DOUGH),
    ]);
    expect(await screen.findByRole('alert'))
      .toHaveTextContent('This block came from a version that has not been reviewed: Salt');
  });

  it.each([
    ['reviewed', version(2, [review()])],
    ['from before reviews were recorded', judged({ basis: 'before_plugin', unreviewed: null })],
  ])('is not there if all are %s, or nothing is known', async (_, salt) => {
    shown([block('Salt', SALT, 2), block('Dough', DOUGH, 1)], [salt]);
    expect(await said('In this course: version 2')).not.toBeEmptyDOMElement();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('asks nobody in a unit without anything from a library', async () => {
    const http = shown([block('Own text', null, 1)], []);
    expect(await screen.findByText('Studio’s own')).toBeVisible();
    expect(http.history.get).toHaveLength(0);
  });
});
