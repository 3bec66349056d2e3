/** Which part of the library is reviewed: what somebody has selected, an import, a container. */
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { QueueRow } from '../data/api';
import { HeaderAction } from '../header';
import {
  aDifference, aLibrary, anEntity, anImport, aQueue, aResult, aRow,
} from '../testing/data';
import {
  API, IMPORTS, mockStudio, renderInStudio, startAfresh,
} from '../testing/render';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const PUBLISH = `${LIBRARY}publish-reviewed/`;
const BREAD = '/library/lib:Test:Bread';
const DOUGH = 'lct:Test:Bread:unit:dough';

const rowOf = (title: string) => aRow({ key: `lb:Test:Bread:html:${title.toLowerCase()}`, title });
const salt = rowOf('Salt');
const yeast = rowOf('Yeast');
const rye = rowOf('Rye');

let studio: MockAdapter;

let parts: Record<string, QueueRow[]>;

/** The rows of this part of the queue: of everything, by default. */
const queued = (rows: QueueRow[], part = '') => { parts[part] = rows; };

beforeEach(() => {
  startAfresh();
  studio = mockStudio();
  parts = {};
  studio.onGet(new RegExp(`^${LIBRARY}queue/`)).reply(({ url }) => {
    const { searchParams } = new URL(url!);
    return [200, aQueue(parts[searchParams.get('change_log') ?? searchParams.get('inside') ?? '']!)];
  });
  studio.onGet(LIBRARY).reply(200, aLibrary());
  studio.onGet(new RegExp(`^${API}/entities/\\?`)).reply(({ url }) => {
    const [key] = new URL(url!).searchParams.getAll('key');
    const title = [salt, yeast, rye].find((row) => row.key === key)?.title ?? 'Dough';
    return [200, { results: [anEntity({ key, title })], missing: [] }];
  });
  studio.onGet(/\/difference\//).reply(200, aDifference());
  studio.onGet(/\/embed\/student_view\//).reply(404);
});

const openWorkspace = async (query: string) => {
  const user = userEvent.setup();
  const shown = renderInStudio(<HeaderAction />, { at: `${BREAD}${query}` });
  await screen.findByRole('dialog', { name: 'Review: Bread' });
  return { ...shown, user };
};
const box = (title: string) => screen.findByRole('checkbox', { name: `Select ${title}` });
const titles = () => screen.getAllByRole('checkbox').map((each) => each.getAttribute('aria-label')!.replace('Select ', ''));
const scope = () => screen.findByRole('combobox', { name: 'Review' });

describe('what somebody has selected', () => {
  beforeEach(() => { queued([salt, yeast, rye]); });

  const selectTwo = async () => {
    const shown = await openWorkspace('?reviews=all&reviews-whose=all');
    expect(screen.queryByRole('button', { name: /selected$/ })).not.toBeInTheDocument();
    await shown.user.click(await box('Salt'));
    await shown.user.click(await box('Rye'));
    return shown;
  };

  it('is all that is listed then, also after a reload, until it is cleared', async () => {
    const { user, unmount } = await selectTwo();
    await user.click(screen.getByRole('button', { name: 'Review 2 selected' }));
    expect(await scope()).toHaveDisplayValue('Selected changes (2)');
    expect(titles()).toEqual(['Salt', 'Rye']);
    expect(screen.queryByRole('button', { name: 'Review 2 selected' })).not.toBeInTheDocument();
    await waitFor(() => expect(window.location.search).toContain('reviews=selected'));
    const { search } = window.location;
    unmount();

    await openWorkspace(search);
    expect(await box('Salt')).toBeChecked();
    expect(titles()).toEqual(['Salt', 'Rye']);
    await user.click(screen.getByRole('button', { name: 'Clear selection' }));
    await waitFor(() => expect(titles()).toEqual(['Salt', 'Yeast', 'Rye']));
    expect(await box('Salt')).not.toBeChecked();
    // There is nothing to choose from any more.
    expect(screen.queryByRole('combobox', { name: 'Review' })).not.toBeInTheDocument();
  });

  it('is the whole library again once the last box is unchecked', async () => {
    const { user } = await selectTwo();
    await user.click(screen.getByRole('button', { name: 'Review 2 selected' }));
    await user.click(await box('Salt'));
    expect(titles()).toEqual(['Rye']);
    await user.click(await box('Rye'));
    await waitFor(() => expect(titles()).toEqual(['Salt', 'Yeast', 'Rye']));
    // By which the next selection begins, and not in the middle of one.
    await user.click(await box('Yeast'));
    expect(titles()).toEqual(['Salt', 'Yeast', 'Rye']);
    expect(screen.getByRole('button', { name: 'Review 1 selected' })).toBeVisible();
  });
});

it('an import is reviewed, and published, as one thing', async () => {
  queued([salt, yeast]);
  queued([rye], '5');
  studio.onGet(IMPORTS).reply(200, {
    count: 2, results: [anImport(), anImport({ draft_change_log_id: 6, source: '', unpublished: 1 })],
  });
  const { user } = await openWorkspace('?reviews=all&reviews-whose=all');
  await box('Salt');
  await waitFor(async () => expect(within(await scope()).getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
    'The whole library (3)', 'Imported from course X (27)', 'Imported (1)',
  ]));
  await user.selectOptions(await scope(), 'Imported from course X (27)');
  expect(await box('Rye')).toBeVisible();
  expect(titles()).toEqual(['Rye']);
  await waitFor(() => expect(window.location.search).toContain('reviews=import-5'));

  const preview = { ...aResult(), dry_run: true, steps_asked: true };
  studio.onPost(PUBLISH, { dry_run: true, draft_change_log_id: 5 }).reply(200, preview);
  studio.onPost(PUBLISH, { draft_change_log_id: 5 }).reply(() => {
    queued([], '5');
    studio.onGet(IMPORTS).reply(200, { count: 0, results: [] });
    return [200, { ...aResult(), dry_run: false }];
  });
  await user.click(screen.getByRole('button', { name: 'Publish reviewed items (3)' }));
  await user.click(await screen.findByRole('button', { name: 'Publish 1 item' }));
  expect(await screen.findByText('1 item is live now.')).toBeVisible();
  await user.click(screen.getAllByRole('button', { name: 'Close' })[0]!);

  // There is nothing left of it, and a way back to the rest.
  await waitFor(async () => expect(await scope()).toHaveDisplayValue('Imported (0)'));
  await user.selectOptions(await scope(), 'The whole library (3)');
  expect(await box('Salt')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Publish reviewed items (1)' })).toBeVisible();
});

it('a container is reviewed with all that it holds, by a link to it', async () => {
  queued([salt, yeast]);
  queued([rye], DOUGH);
  await openWorkspace(`?reviews=${DOUGH}&reviews-whose=all`);
  expect(await box('Rye')).toBeVisible();
  expect(titles()).toEqual(['Rye']);
  await waitFor(async () => expect(await scope()).toHaveDisplayValue('Dough and its contents'));
});
