/** What changed, and what is said about it: about that, and nothing that came later. */
import {
  act, screen, waitFor, within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Difference, Entity } from '../data/api';
import { refreshReviews } from '../data/apiHooks';
import { INITIAL_STATE, seenRecords, setPanelState } from '../panelState';
import {
  aDifference, aLibrary, anEntity, aPage, LIBRARY_KEY, mayNot,
} from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { ReviewPanel } from './ReviewPanel';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const SALT = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/`;
const NAME = 'What changed: Salt';

let studio: MockAdapter;

/** What the server says of the item, in the list and on its own. */
const answers = (entity: Entity) => {
  studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(200, aPage([entity]));
  studio.onGet(new RegExp(`^${API}/entities/\\?key=`)).reply(200, { results: [entity], missing: [] });
};
const differs = (change: Partial<Difference> = {}) => (
  studio.onGet(`${SALT}difference/?since=published`).reply(200, aDifference(change))
);

const opened = async (entity = anEntity()) => {
  const user = userEvent.setup();
  answers(entity);
  const { queryClient } = renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  await user.click(await screen.findByRole('button', { name: NAME }));
  const dialog = await screen.findByRole('dialog', { name: NAME });
  return { user, queryClient, dialog: within(dialog) };
};
const gone = () => waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
const put = () => studio.history.put!.map(({ data }) => JSON.parse(data));

beforeEach(() => {
  seenRecords.clear();
  setPanelState(INITIAL_STATE);
  studio = mockStudio('rita');
  studio.onGet(LIBRARY).reply(200, aLibrary());
  differs();
});

it('shows what changed, and gives the focus back', async () => {
  const { user, dialog } = await opened();
  expect(await dialog.findByRole('row', { name: /Removed: .*Two grams/ })).toBeVisible();
  expect(dialog.getByRole('button', { name: 'Since it was published' })).toHaveAttribute('aria-pressed', 'true');
  await user.keyboard('{Escape}');
  await gone();
  await waitFor(() => expect(screen.getByRole('button', { name: NAME })).toHaveFocus());
});

it('asks for nothing before somebody wants to see it', async () => {
  answers(anEntity());
  renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  expect(await screen.findByRole('button', { name: NAME })).toHaveAttribute('aria-haspopup', 'dialog');
  expect(studio.history.get!.filter(({ url }) => url!.includes('difference'))).toEqual([]);
});

it.each(['contents', null] as const)('is not offered where nothing of its own has changed: %s', async (change) => {
  answers(anEntity({ change }));
  renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  await screen.findByRole('heading', { name: 'Salt' });
  expect(screen.queryByRole('button', { name: NAME })).not.toBeInTheDocument();
});

it('shows what changed since one’s own last review', async () => {
  studio.onGet(`${SALT}difference/?since=my_last_review`).reply(200, aDifference({
    since: 'my_last_review', change: null, olx: null,
  }));
  const { user, dialog } = await opened();
  await user.click(dialog.getByRole('button', { name: 'Since my last review' }));
  expect(await dialog.findByText('Nothing has changed since your last review.')).toBeVisible();
});

it('says so if one never reviewed it', async () => {
  studio.onGet(`${SALT}difference/?since=my_last_review`).reply(404, {
    code: 'no_review', detail: 'No review.', details: {},
  });
  const { user, dialog } = await opened();
  await user.click(dialog.getByRole('button', { name: 'Since my last review' }));
  expect(await dialog.findByText('You have not reviewed any version of this yet.')).toBeVisible();
  expect(dialog.queryByRole('button', { name: /Approve/ })).not.toBeInTheDocument();
});

it('says so if it could not be loaded, and tries again', async () => {
  studio.onGet(`${SALT}difference/?since=published`).reply(404);
  const { user, dialog } = await opened();
  expect(await dialog.findByRole('alert')).toHaveTextContent('You have no access');
  differs();
  await user.click(dialog.getByRole('button', { name: 'Try again' }));
  expect(await dialog.findByRole('row', { name: /Two grams/ })).toBeVisible();
});

it('marks the change that is shown, and says so in the list', async () => {
  // Somebody was about to be told in the list that it has changed since they first saw it there: they see it here.
  seenRecords.set('lb:Test:Bread:html:salt', 11);
  const { user, dialog } = await opened();
  studio.onPut(`${SALT}review/`).reply(200, anEntity());
  await user.click(await dialog.findByRole('button', { name: 'Approve: Salt' }));
  await gone();
  expect(await screen.findByText('Approved: Salt')).toBeVisible();
  expect(put()).toEqual([{ draft_change_log_record_id: 12, note: '' }]);
  expect(screen.queryByText(/Someone edited this/)).not.toBeInTheDocument();
});

it('asks for changes in the change that is shown, and keeps what is being written', async () => {
  const { user, dialog } = await opened();
  studio.onPut(`${SALT}review/`).reply(200, anEntity());
  await user.click(await dialog.findByRole('button', { name: 'Request changes: Salt' }));
  await user.keyboard('Name the amount.{Escape}');
  expect(dialog.getByRole('textbox', { name: 'What should be changed?' })).toHaveValue('Name the amount.');
  await user.click(dialog.getByRole('button', { name: 'Send request: Salt' }));
  await gone();
  expect(put()).toEqual([{ draft_change_log_record_id: 12, verdict: 'changes_requested', note: 'Name the amount.' }]);
});

it('stays what it was while others edit, and takes no verdict then', async () => {
  const { user, queryClient, dialog } = await opened();
  await dialog.findByRole('button', { name: 'Approve: Salt' });
  differs({ draft_change_log_record_id: 13, olx: null, change: 'deleted' });
  answers(anEntity({ draft_change_log_record_id: 13 }));
  await act(() => refreshReviews(queryClient));
  expect(await dialog.findByText('Someone edited this while you were reading.')).toBeVisible();
  expect(dialog.getByRole('row', { name: /Two grams/ })).toBeVisible();
  expect(dialog.queryByRole('button', { name: /Approve/ })).not.toBeInTheDocument();

  await user.click(dialog.getByRole('button', { name: 'Show latest version' }));
  expect(await dialog.findByText('Publishing this deletes the item.')).toBeVisible();
  expect(dialog.queryByRole('row', { name: /Two grams/ })).not.toBeInTheDocument();
  studio.onPut(`${SALT}review/`).reply(200, anEntity());
  await user.click(await dialog.findByRole('button', { name: 'Approve: Salt' }));
  await gone();
  expect(put()).toEqual([{ draft_change_log_record_id: 13, note: '' }]);
});

it('stays open when the item is gone from the list', async () => {
  const { queryClient, dialog } = await opened();
  await dialog.findByRole('row', { name: /Two grams/ });
  studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(200, aPage([]));
  await act(() => refreshReviews(queryClient));
  expect(await screen.findByText('All changes are reviewed.')).toBeInTheDocument();
  expect(dialog.getByRole('row', { name: /Two grams/ })).toBeVisible();
});

it('says why something was refused, and stays', async () => {
  const { user, dialog } = await opened();
  studio.onPut(`${SALT}review/`).reply(409, { code: 'stale_review', detail: 'It has changed since.', details: {} });
  await user.click(await dialog.findByRole('button', { name: 'Approve: Salt' }));
  expect(await dialog.findByText('It has changed since.')).toBeVisible();
});

it('says to authors why they have no say in it', async () => {
  const { dialog } = await opened(anEntity({ may_review: mayNot('own_change') }));
  expect(await dialog.findByText('You changed this. Another reviewer has to review it.')).toBeVisible();
  expect(await dialog.findByRole('row', { name: /Two grams/ })).toBeVisible();
  expect(dialog.queryByRole('button', { name: /Approve|Request changes/ })).not.toBeInTheDocument();
});
