import {
  act, screen, waitFor, within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { BackgroundPublish, Library, PublishResult } from '../data/api';
import { refreshReviews, reviewsKeys } from '../data/library';
import { writeTab } from '../tabStorage';
import { aLibrary, anImport, aResult } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { PublishReviewed } from './PublishReviewed';

const PUBLISH = `${API}/libraries/lib%3ATest%3ABread/publish-reviewed/`;
const DRY_RUN = { dry_run: true };
const PEPPER = { key: 'lb:Test:Bread:html:pepper', title: 'Pepper', change: 'edited' as const };
const ID = '0b1a2c3d-0000-4000-8000-000000000000';

let studio: MockAdapter;

const preview = (result = aResult(), stepsAsked = true) => (
  studio.onPost(PUBLISH, DRY_RUN).reply(200, { ...result, dry_run: true, steps_asked: stepsAsked })
);
const background = (change: Partial<BackgroundPublish>): BackgroundPublish => ({
  id: ID, state: 'running', total: 600, done: 150, result: null, error: null, status_url: 'http://elsewhere/', ...change,
});
const published = () => studio.history.post!.filter(({ data }) => !JSON.parse(data).dry_run);

const openDialog = async (library: Library = aLibrary()) => {
  const user = userEvent.setup();
  const shown = renderInStudio(<PublishReviewed library={library} />);
  await user.click(screen.getByRole('button', { name: /^Publish reviewed items/ }));
  return { ...shown, user, dialog: await screen.findByRole('dialog', { name: 'Publish reviewed items' }) };
};

beforeEach(() => {
  window.sessionStorage.clear();
  studio = mockStudio();
});

it('says on the button how many would go live', () => {
  const counts = {
    unpublished: 9, reviewed: 5, unreviewed: 4, changes_requested: 0, in_progress: 0, skipped: 2,
  };
  renderInStudio(<PublishReviewed library={aLibrary({ counts })} />);
  expect(screen.getByRole('button', { name: 'Publish reviewed items (3)' })).toBeEnabled();
});

it('is not offered while nothing is reviewed', () => {
  const counts = {
    unpublished: 4, reviewed: 0, unreviewed: 4, changes_requested: 0, in_progress: 0, skipped: 0,
  };
  renderInStudio(<PublishReviewed library={aLibrary({ counts })} />);
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

it('gives the reasons where nothing of what is reviewed can be published', async () => {
  const counts = {
    unpublished: 4, reviewed: 2, unreviewed: 2, changes_requested: 0, in_progress: 0, skipped: 2,
  };
  preview(aResult({
    published_count: 0,
    published: [],
    skipped_count: 2,
    skipped: [{
      key: null, title: 'Dough', change: 'new', reason: 'Too soon.', code: '',
    }],
  }));
  const user = userEvent.setup();
  renderInStudio(<PublishReviewed library={aLibrary({ counts })} />);
  await user.click(screen.getByRole('button', { name: '2 reviewed items cannot be published yet' }));
  expect(await screen.findByText(/Too soon/)).toHaveTextContent(/^Dough: Too soon.$/);
});

it('says beforehand what goes live and what stays and why', async () => {
  preview(aResult({
    published_count: 1_001,
    skipped_count: 3,
    skipped: [{
      key: 'lct:Test:Bread:unit:dough', title: 'Dough', change: 'new', reason: 'What it contains is not live.', code: '',
    }],
  }));
  const { dialog, user } = await openDialog();
  expect(await within(dialog).findByText('1,001 items will go live')).toBeVisible();
  expect(within(dialog).getByText('Salt (edited)')).toBeVisible();
  expect(within(dialog).getByText('And 1,000 more.')).toBeVisible();
  expect(within(dialog).getByText('3 reviewed items won’t be published yet')).toBeVisible();
  expect(within(dialog).getByText(/is not live/)).toHaveTextContent(/^Dough: What it contains is not live.$/);
  expect(within(dialog).getByText('And 2 more.')).toBeVisible();
  expect(within(dialog).getByText('2 unreviewed changes stay drafts.')).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(published()).toHaveLength(0);
});

it('says in advisory mode that Studio would publish what stays', async () => {
  preview();
  const { dialog } = await openDialog(aLibrary({ mode: 'advisory' }));
  expect(await within(dialog).findByText(/^2 unreviewed changes stay drafts\. This library is in advisory mode: .* takes them live/))
    .toBeVisible();
});

it('publishes, says what is live, and has Studio load its library anew', async () => {
  preview();
  studio.onPost(PUBLISH, {}).reply(200, {
    ...aResult({
      published_count: 2,
      skipped_count: 1,
      skipped: [{
        key: null, title: 'Dough', change: 'new', reason: 'Too soon.', code: '',
      }],
    }),
    dry_run: false,
  });
  const { dialog, user, queryClient } = await openDialog();
  const stale = jest.spyOn(queryClient, 'invalidateQueries');
  await user.click(await within(dialog).findByRole('button', { name: 'Publish 1 item' }));
  const sentence = await within(dialog).findByText('2 items are live now. 1 reviewed item was not published.');
  expect(sentence.closest('[tabindex]')).toHaveFocus();
  expect(dialog).not.toContainElement(screen.queryByRole('button', { name: /^Publish \d/ }));
  expect(within(dialog).getByText(/Too soon/)).toHaveTextContent(/^Dough: Too soon.$/);
  expect(within(dialog).getAllByRole('button', { name: 'Close' })).toHaveLength(2);
  expect(published()).toHaveLength(1);
  expect(stale).toHaveBeenCalledWith({ queryKey: reviewsKeys.all });
  const ofStudio = stale.mock.calls.map(([filter]) => filter!.predicate).find(Boolean)!;
  const isStale = (...queryKey: string[]) => ofStudio({ queryKey, state: { dataUpdatedAt: 1 } } as any);
  expect(isStale('contentLibrary', 'lib:Test:Bread')).toBe(true);
  expect(['xblock', 'hierarchy', 'content_search'].filter((name) => !isStale(name))).toEqual([]);
  expect(isStale('courseUnit')).toBe(false);
});

it('says so if the rules of other plugins were not asked', async () => {
  preview(aResult(), false);
  const { dialog } = await openDialog();
  expect(await within(dialog).findByText(/^These are too many to ask the rules of other plugins now/)).toBeVisible();
});

it('offers nothing to confirm if nothing would go live', async () => {
  preview(aResult({ published_count: 0, published: [] }));
  const { dialog } = await openDialog();
  expect(await within(dialog).findByText('No reviewed changes can be published now.')).toBeVisible();
  expect(within(dialog).queryByRole('button', { name: /^Publish/ })).not.toBeInTheDocument();
});

it('says so when the preview could not be loaded, and tries again', async () => {
  studio.onPost(PUBLISH, DRY_RUN).replyOnce(403, { code: 'permission_denied', detail: 'You may not publish.' });
  const { dialog, user } = await openDialog();
  expect(await within(dialog).findByText('You may not publish.')).toBeVisible();
  preview();
  await user.click(within(dialog).getByRole('button', { name: 'Try again' }));
  expect(await within(dialog).findByText('Salt (edited)')).toBeVisible();
});

it.each([
  [{ published_count: 0, published: [] }, 'Nothing was published: someone else may have published it already.'],
  [{}, '1 item is live now.'],
  [{ skipped_count: 2 }, '1 item is live now. 2 reviewed items were not published.'],
] as [Partial<PublishResult>, string][])('says of %j: %s', async (result, sentence) => {
  preview();
  studio.onPost(PUBLISH, {}).reply(200, { ...aResult(result), dry_run: false });
  const { dialog, user } = await openDialog();
  await user.click(await within(dialog).findByRole('button', { name: 'Publish 1 item' }));
  expect(await within(dialog).findByText(sentence)).toBeVisible();
});

it.each([
  ['new', 'Salt (new)'],
  ['deleted', 'Salt (deleted)'],
  ['contents', 'Salt (only what it contains)'],
] as const)('says of an item what has changed: %s', async (change, text) => {
  preview(aResult({ published: [{ key: 'lb:Test:Bread:html:salt', title: 'Salt', change }] }));
  const { dialog } = await openDialog({
    ...aLibrary(), counts: { ...aLibrary().counts, unreviewed: 0 },
  });
  expect(await within(dialog).findByText(text)).toBeVisible();
  expect(within(dialog).getByText('1 item will go live')).toBeVisible();
  expect(within(dialog).queryByText(/nobody has reviewed/)).not.toBeInTheDocument();
});

it('shows what it asked about, whatever happens meanwhile, and asks anew when it is opened again', async () => {
  preview();
  const { dialog, user, queryClient } = await openDialog();
  await within(dialog).findByText('Salt (edited)');
  preview(aResult({ published: [PEPPER] }));
  await act(() => refreshReviews(queryClient));
  expect(within(dialog).getByText('Salt (edited)')).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  await user.click(screen.getByRole('button', { name: /^Publish reviewed items/ }));
  expect(await screen.findByText('Pepper (edited)')).toBeVisible();
  expect(screen.queryByText('Salt (edited)')).not.toBeInTheDocument();
});

it('publishes nothing else than it said: it asks again, and shows what has changed', async () => {
  preview();
  const { dialog, user } = await openDialog();
  const confirm = await within(dialog).findByRole('button', { name: 'Publish 1 item' });
  preview(aResult({ published: [PEPPER] }));
  await user.click(confirm);
  expect(await within(dialog).findByText(/Nothing was published yet: this has changed/)).toBeVisible();
  expect(within(dialog).getByText('Added: Pepper (edited)')).toBeVisible();
  expect(within(dialog).getByText('No longer included: Salt (edited)')).toBeVisible();
  expect(published()).toHaveLength(0);
  studio.onPost(PUBLISH, {}).reply(200, { ...aResult({ published: [PEPPER] }), dry_run: false });
  await user.click(within(dialog).getByRole('button', { name: 'Publish 1 item' }));
  expect(await within(dialog).findByText('1 item is live now.')).toBeVisible();
  expect(within(dialog).queryByText(/differs from the preview/)).not.toBeInTheDocument();
});

it('says what was published otherwise than it said, where that changed in the last moment', async () => {
  preview();
  studio.onPost(PUBLISH, {}).reply(200, { ...aResult({ published_count: 0, published: [] }), dry_run: false });
  const { dialog, user } = await openDialog();
  await user.click(await within(dialog).findByRole('button', { name: 'Publish 1 item' }));
  expect(await within(dialog).findByText('What was published differs from the preview:')).toBeVisible();
  expect(within(dialog).getByText('No longer included: Salt (edited)')).toBeVisible();
});

it('publishes only what an import changed, where that is under review', async () => {
  const ofImport = { draft_change_log_id: 5 };
  studio.onPost(PUBLISH, { ...DRY_RUN, ...ofImport }).reply(200, { ...aResult(), dry_run: true, steps_asked: true });
  studio.onPost(PUBLISH, ofImport).reply(200, { ...aResult(), dry_run: false });
  const user = userEvent.setup();
  renderInStudio(<PublishReviewed library={aLibrary()} imported={anImport()} />);
  await user.click(screen.getByRole('button', { name: 'Publish reviewed items (3)' }));
  await user.click(await screen.findByRole('button', { name: 'Publish 1 item' }));
  expect(await screen.findByText('1 item is live now.')).toBeVisible();
});

it('cannot be closed while it is under way', async () => {
  preview();
  let answer: (response: [number, object]) => void;
  studio.onPost(PUBLISH, {}).reply(() => new Promise((resolve) => { answer = resolve; }));
  const { dialog, user } = await openDialog();
  await user.click(await within(dialog).findByRole('button', { name: 'Publish 1 item' }));
  expect(await within(dialog).findByRole('button', { name: 'Publishing…' })).toBeVisible();
  expect(within(dialog).getByRole('button', { name: 'Cancel' })).toBeDisabled();
  await user.keyboard('{Escape}');
  expect(dialog).toBeInTheDocument();
  await act(async () => answer([200, { ...aResult(), dry_run: false }]));
  expect(await within(dialog).findByText('1 item is live now.')).toBeVisible();
});

it('says so when another plugin has prevented it, and has everything loaded anew', async () => {
  preview();
  studio.onPost(PUBLISH, {}).reply(409, { code: 'freeze', detail: 'Exams are on: nothing goes live.', details: {} });
  const { dialog, user, queryClient } = await openDialog();
  const stale = jest.spyOn(queryClient, 'invalidateQueries');
  await user.click(await within(dialog).findByRole('button', { name: 'Publish 1 item' }));
  expect(await within(dialog).findByText('Exams are on: nothing goes live.')).toBeVisible();
  expect(stale).toHaveBeenCalledWith({ queryKey: reviewsKeys.all });
  expect(within(dialog).queryByRole('button', { name: /^Publish \d/ })).not.toBeInTheDocument();
});

it('leads to what cannot be published yet', async () => {
  preview({
    ...aResult(),
    skipped_count: 1,
    skipped: [{ ...PEPPER, reason: 'It has open conversations.', code: 'unresolved_conversations' }],
  });
  const { dialog, user } = await openDialog();
  expect(await within(dialog).findByText(/It has open conversations/)).toHaveTextContent('Pepper: It has open');
  await user.click(within(dialog).getByRole('link', { name: 'Pepper' }));
  expect(dialog).not.toBeInTheDocument();
  expect(new URLSearchParams(window.location.search).get('reviews-change')).toBe(PEPPER.key);
});

describe('a large publish', () => {
  const start = async () => {
    preview();
    studio.onPost(PUBLISH, {}).reply(202, background({ state: 'pending', total: null, done: 0 }));
    const { dialog, user, ...shown } = await openDialog();
    await user.click(await within(dialog).findByRole('button', { name: 'Publish 1 item' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    return { user, ...shown };
  };
  const asked = () => studio.history.get!.length;

  afterEach(() => { jest.useRealTimers(); });

  it('shows how far it is, then the result', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({}));
    const { user } = await start();
    expect(await screen.findByRole('progressbar', { name: 'Publishing: 150 of 600' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Publish reviewed items/ })).toBeDisabled();
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({
      state: 'succeeded', result: aResult({ published_count: 600, skipped_count: 1 }),
    }));
    expect(await screen.findByText('600 items are live now. 1 reviewed item was not published.', {}, { timeout: 3000 }))
      .toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText(/items are live/)).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Publish reviewed items/ })).toBeEnabled();
  });

  it('is found again when the workspace was closed meanwhile', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({}));
    const { unmount } = await start();
    unmount();
    renderInStudio(<PublishReviewed library={aLibrary()} />);
    expect(await screen.findByRole('progressbar', { name: 'Publishing: 150 of 600' })).toBeInTheDocument();
  });

  it('is followed on when Studio does not answer for a moment', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(502);
    await start();
    expect(await screen.findByText(/Studio is not responding/, {}, { timeout: 3000 })).toBeVisible();
    expect(screen.getByRole('button', { name: /^Publish reviewed items/ })).toBeDisabled();
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({ state: 'succeeded', result: aResult() }));
    expect(await screen.findByText('1 item is live now.', {}, { timeout: 4000 })).toBeVisible();
  });

  it('is no longer followed if Studio knows nothing of it', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(404, { code: 'not_found', detail: 'There is no such publish.' });
    const { user } = await start();
    expect(await screen.findByText('There is no such publish.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.getByRole('button', { name: /^Publish reviewed items/ })).toBeEnabled();
  });

  it('is not shown in another library, and not forgotten for it', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({}));
    const other = 'lib:Test:Cake';
    writeTab(`publish.${other}`, 'elsewhere');
    studio.onGet(/Cake/).reply(200, background({ state: 'failed', error: 'That was the cake.' }));
    const { unmount } = await start();
    expect(await screen.findByRole('progressbar', { name: 'Publishing: 150 of 600' })).toBeInTheDocument();
    unmount();
    renderInStudio(<PublishReviewed library={aLibrary({ key: other })} />);
    expect(await screen.findByText('That was the cake.')).toBeVisible();
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
  });

  it('says that it is under way also before it is known how much there is to do', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({ state: 'pending', total: null, done: 0 }));
    await start();
    expect(await screen.findByRole('progressbar', { name: 'Publishing…' })).not.toHaveAttribute('value');
    expect(screen.getByText('Publishing…')).toHaveAttribute('role', 'status');
    expect(screen.getByText('Publishing continues if you leave this page.')).toBeVisible();
  });

  it('has ours and what Studio has of its library loaded anew when it is done', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({}));
    writeTab(`publish.${aLibrary().key}`, ID);
    const { queryClient } = renderInStudio(<PublishReviewed library={aLibrary()} />);
    await screen.findByRole('progressbar', { name: 'Publishing: 150 of 600' });
    const stale = jest.spyOn(queryClient, 'invalidateQueries');
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({ state: 'succeeded', result: aResult() }));
    expect(await screen.findByText('1 item is live now.', {}, { timeout: 3000 })).toBeVisible();
    expect(stale).toHaveBeenCalledWith({ queryKey: reviewsKeys.all });
    expect(stale.mock.calls.some(([filter]) => filter!.predicate?.({ queryKey: ['contentLibrary'], state: { dataUpdatedAt: 1 } } as any))).toBe(true);
  });

  it.each([
    ['has succeeded', [200, background({ state: 'succeeded', result: aResult() })], '1 item is live now.'],
    ['has failed', [200, background({ state: 'failed', error: 'Nothing was published: no.' })], 'Nothing was published: no.'],
    ['cannot be followed', [404, { code: 'not_found', detail: 'There is no such publish.' }], 'There is no such publish.'],
  ] as [string, [number, object], string][])('is asked about no more once it %s', async (_, answer, sentence) => {
    jest.useFakeTimers();
    studio.onGet(`${PUBLISH}${ID}/`).reply(...answer);
    writeTab(`publish.${aLibrary().key}`, ID);
    renderInStudio(<PublishReviewed library={aLibrary()} />);
    expect(await screen.findByText(sentence)).toBeVisible();
    expect(screen.getByRole('button', { name: /^Publish reviewed items/ })).toBeEnabled();
    await act(() => jest.advanceTimersByTimeAsync(1_000));
    const before = asked();
    await act(() => jest.advanceTimersByTimeAsync(10_000));
    expect(asked()).toBe(before);
  });

  it('says in the server’s words how it failed', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({ state: 'failed', error: 'Nothing was published: no.' }));
    await start();
    expect(await screen.findByText('Nothing was published: no.')).toBeVisible();
    expect(screen.getByRole('button', { name: /^Publish reviewed items/ })).toBeEnabled();
  });
});
