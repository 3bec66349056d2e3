import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { BackgroundPublish, Library } from '../data/api';
import { closePanel, INITIAL_STATE, setPanelState } from '../panelState';
import { aLibrary, aResult } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { PublishReviewed } from './PublishReviewed';

const PUBLISH = `${API}/libraries/lib%3ATest%3ABread/publish-reviewed/`;
const DRY_RUN = { dry_run: true };
const ID = '0b1a2c3d-0000-4000-8000-000000000000';

let studio: MockAdapter;

const preview = (result = aResult()) => studio.onPost(PUBLISH, DRY_RUN).reply(200, { ...result, dry_run: true });
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
  closePanel();
  setPanelState(INITIAL_STATE);
  studio = mockStudio();
});

it('says on the button how many would go live', () => {
  const counts = {
    unpublished: 9, reviewed: 5, unreviewed: 4, skipped: 2,
  };
  renderInStudio(<PublishReviewed library={aLibrary({ counts })} />);
  expect(screen.getByRole('button', { name: 'Publish reviewed items (3)' })).toBeEnabled();
});

it('is not offered while nothing is reviewed', () => {
  const counts = {
    unpublished: 4, reviewed: 0, unreviewed: 4, skipped: 0,
  };
  renderInStudio(<PublishReviewed library={aLibrary({ counts })} />);
  expect(screen.getByRole('button', { name: /^Publish reviewed items/ })).toBeDisabled();
  expect(screen.getByText('Nothing has been reviewed that could be published.')).toBeVisible();
});

it('says beforehand what goes live and what stays and why', async () => {
  preview(aResult({
    published_count: 1_001,
    skipped_count: 1,
    skipped: [{
      key: 'lct:Test:Bread:unit:dough', title: 'Dough', change: 'new', reason: 'What it contains is not live.',
    }],
  }));
  const { dialog, user } = await openDialog();
  expect(await within(dialog).findByText('1,001 items go live')).toBeVisible();
  expect(within(dialog).getByText('Salt (edited)')).toBeVisible();
  expect(within(dialog).getByText('And 1,000 more.')).toBeVisible();
  expect(within(dialog).getByText('Dough: What it contains is not live.')).toBeVisible();
  expect(within(dialog).getByText('2 changes that nobody has reviewed stay drafts.')).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(published()).toHaveLength(0);
});

it('publishes, says what is live, and has Studio load its library anew', async () => {
  preview();
  studio.onPost(PUBLISH, {}).reply(200, { ...aResult({ published_count: 2 }), dry_run: false });
  const { dialog, user, queryClient } = await openDialog();
  const stale = jest.spyOn(queryClient, 'invalidateQueries');
  await user.click(await within(dialog).findByRole('button', { name: 'Publish 1 item' }));
  expect(await within(dialog).findByText('2 items are live now.')).toBeVisible();
  expect(published()).toHaveLength(1);
  const ofStudio = stale.mock.calls.map(([filter]) => filter!.predicate).find(Boolean)!;
  const isStale = (...queryKey: string[]) => ofStudio({ queryKey } as any);
  expect(isStale('contentLibrary', 'lib:Test:Bread')).toBe(true);
  expect(isStale('courseUnit')).toBe(false);
});

it('offers nothing to confirm if nothing would go live', async () => {
  preview(aResult({ published_count: 0, published: [] }));
  const { dialog } = await openDialog();
  expect(await within(dialog).findByText('Nothing that is reviewed can go live now.')).toBeVisible();
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

it('says so when another plugin has prevented it', async () => {
  preview();
  studio.onPost(PUBLISH, {}).reply(409, { code: 'freeze', detail: 'Exams are on: nothing goes live.', details: {} });
  const { dialog, user } = await openDialog();
  await user.click(await within(dialog).findByRole('button', { name: 'Publish 1 item' }));
  expect(await within(dialog).findByText('Exams are on: nothing goes live.')).toBeVisible();
  expect(within(dialog).queryByRole('button', { name: /^Publish \d/ })).not.toBeInTheDocument();
});

describe('a large publish', () => {
  const start = async () => {
    preview();
    studio.onPost(PUBLISH, {}).reply(202, background({ state: 'pending', total: null, done: 0 }));
    const { dialog, user, unmount } = await openDialog();
    await user.click(await within(dialog).findByRole('button', { name: 'Publish 1 item' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    return { user, unmount };
  };

  it('shows how far it is, then the result', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({}));
    const { user } = await start();
    expect(await screen.findByRole('progressbar', { name: 'Publishing: 150 of 600' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Publish reviewed items/ })).toBeDisabled();
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({
      state: 'succeeded', result: aResult({ published_count: 600, skipped_count: 1 }),
    }));
    expect(await screen.findByText('600 items are live now. 1 reviewed item stayed behind.', {}, { timeout: 3000 }))
      .toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText(/items are live/)).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Publish reviewed items/ })).toBeEnabled();
  });

  it('is found again when the panel was closed meanwhile', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({}));
    const { unmount } = await start();
    unmount();
    renderInStudio(<PublishReviewed library={aLibrary()} />);
    expect(await screen.findByRole('progressbar', { name: 'Publishing: 150 of 600' })).toBeInTheDocument();
  });

  it('is followed on when Studio does not answer for a moment', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(502);
    await start();
    expect(await screen.findByText(/Studio does not answer at the moment/, {}, { timeout: 3000 })).toBeVisible();
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

  it('says in the server’s words how it failed', async () => {
    studio.onGet(`${PUBLISH}${ID}/`).reply(200, background({ state: 'failed', error: 'Nothing was published: no.' }));
    await start();
    expect(await screen.findByText('Nothing was published: no.')).toBeVisible();
    expect(screen.getByRole('button', { name: /^Publish reviewed items/ })).toBeEnabled();
  });
});
