/** Somebody reviews, and others edit, review and publish meanwhile: nothing untrue is shown, and nothing is lost. */
import {
  act, screen, waitFor, within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Entity } from '../data/api';
import { refreshReviews } from '../data/apiHooks';
import {
  INITIAL_STATE, openPanel, seenRecords, setPanelState,
} from '../panelState';
import {
  aLibrary, anEntity, aPage, LIBRARY_KEY, mayNot,
} from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { ReviewPanel } from './ReviewPanel';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const SALT = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/`;
const SALT_SELECTED = { at: '/library/lib:Test:Bread/components/lb:Test:Bread:html:salt' };
const WARNING = /Someone edited this/;

const yeast = anEntity({ key: 'lb:Test:Bread:html:yeast', title: 'Yeast', draft_change_log_record_id: 34 });
const edited = anEntity({ draft_change_log_record_id: 13 });

let studio: MockAdapter;

const listed = (...entities: Entity[]) => (
  studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(200, aPage(entities))
);
const selected = (entity: Entity) => (
  studio.onGet(new RegExp(`${API}/entities/\\?key=`)).reply(200, { results: [entity], missing: [] })
);
const openedOn = async (...entities: Entity[]) => {
  listed(...entities);
  const shown = renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  await screen.findByRole('heading', { name: entities[0]!.title });
  return shown;
};

beforeEach(() => {
  seenRecords.clear();
  setPanelState(INITIAL_STATE);
  studio = mockStudio('rita');
  studio.onGet(LIBRARY).reply(200, aLibrary());
});

describe('an edit', () => {
  it('of what had no change when it was shown has to be looked at', async () => {
    listed();
    selected(anEntity({
      change: null, draft_change_log_record_id: null, may_review: mayNot('nothing_to_review'),
    }));
    const { queryClient } = renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />, SALT_SELECTED);
    await screen.findByRole('heading', { name: 'Salt' });
    selected(anEntity());
    await act(() => refreshReviews(queryClient));
    expect(await screen.findByText(WARNING)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Approve/ })).not.toBeInTheDocument();
  });

  it('has to be looked at in both lists, and is acknowledged for both', async () => {
    const user = userEvent.setup();
    listed(anEntity());
    selected(anEntity());
    const { queryClient } = renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />, SALT_SELECTED);
    await waitFor(() => expect(screen.getAllByRole('heading', { name: 'Salt' })).toHaveLength(2));
    listed(edited);
    selected(edited);
    await act(() => refreshReviews(queryClient));
    await waitFor(() => expect(screen.getAllByText(WARNING)).toHaveLength(2));
    await user.click(screen.getAllByRole('button', { name: 'I have seen the new state' })[0]!);
    expect(screen.queryByText(WARNING)).not.toBeInTheDocument();
    expect(screen.getAllByText('You can approve it now: Salt')[0]).toHaveFocus();
  });

  it('while the panel was closed has to be looked at, too', async () => {
    const { unmount } = await openedOn(anEntity());
    unmount();
    await openedOn(edited);
    expect(await screen.findByText(WARNING)).toBeVisible();
  });

  it('is no warning to those who may not review it anyway', async () => {
    const own = { may_review: mayNot('own_change') };
    const { queryClient } = await openedOn(anEntity(own));
    listed({ ...edited, ...own, title: 'Salt, edited' });
    await act(() => refreshReviews(queryClient));
    expect(await screen.findByRole('heading', { name: 'Salt, edited' })).toBeVisible();
    expect(screen.queryByText(WARNING)).not.toBeInTheDocument();
  });

  it('leaves the note that somebody is writing', async () => {
    const user = userEvent.setup();
    const { queryClient } = await openedOn(anEntity());
    await user.click(screen.getByRole('button', { name: 'Add a note: Salt' }));
    await user.type(screen.getByRole('textbox', { name: /^Note/ }), 'Amounts checked');
    listed(edited);
    await act(() => refreshReviews(queryClient));
    await user.click(await screen.findByRole('button', { name: 'I have seen the new state' }));
    expect(screen.getByRole('textbox', { name: /^Note/ })).toHaveValue('Amounts checked');
  });
});

it('takes a publish for no edit', async () => {
  listed();
  selected(anEntity());
  const { queryClient } = renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />, SALT_SELECTED);
  await screen.findByRole('button', { name: /Approve/ });
  selected(anEntity({
    change: null, draft_change_log_record_id: null, may_review: mayNot('nothing_to_review'),
  }));
  await act(() => refreshReviews(queryClient));
  expect(await screen.findByText(/nothing to publish/)).toBeVisible();
  expect(screen.queryByText(WARNING)).not.toBeInTheDocument();
});

it('has Studio load its content anew when it is opened, and before it shows an item', async () => {
  const user = userEvent.setup();
  listed(anEntity());
  const { queryClient } = renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  const content = ['xblock', 'lb:Test:Bread:html:salt'];
  const isStale = () => queryClient.getQueryState(content)?.isInvalidated;
  queryClient.setQueryData(content, 'as it was an hour ago');
  expect(isStale()).toBe(false);
  const link = await screen.findByRole('link', { name: 'Salt' });
  // To go there takes more of a browser than there is.
  link.addEventListener('click', (event) => event.preventDefault());
  await user.click(link);
  expect(isStale()).toBe(true);
});

it('says why something was not marked also when it is gone from the list', async () => {
  const user = userEvent.setup();
  await openedOn(anEntity());
  studio.onPut(`${SALT}review/`).reply(() => {
    listed();
    return [409, { code: 'nothing_to_review', detail: 'There is nothing to review.', details: {} }];
  });
  await user.click(screen.getByRole('button', { name: 'Approve: Salt' }));
  expect(await screen.findByText('There is nothing to review.')).toHaveFocus();
});

it('leaves the focus to somebody who has gone on', async () => {
  const user = userEvent.setup();
  await openedOn(anEntity(), yeast);
  studio.onPut(`${SALT}review/`).reply(() => {
    listed(yeast);
    return [200, anEntity()];
  });
  await user.click(screen.getByRole('button', { name: 'Approve: Salt' }));
  await user.click(screen.getByRole('button', { name: 'Add a note: Yeast' }));
  await screen.findByText('Approved: Salt');
  expect(screen.getByRole('textbox', { name: /^Note/ })).toHaveFocus();
});

describe('the pages of the list', () => {
  const pageOf = (page: number) => studio.onGet(new RegExp(`^${LIBRARY}entities/.*page=${page}`));

  it('may shift: nothing is listed twice', async () => {
    const user = userEvent.setup();
    pageOf(1).reply(200, aPage([anEntity(), yeast], { count: 3, num_pages: 2 }));
    pageOf(2).reply(200, aPage([yeast], { count: 3, num_pages: 2, current_page: 2 }));
    renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
    await user.click(await screen.findByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('checkbox', { name: 'Select the 2 shown' })).toBeInTheDocument();
    expect(screen.getAllByRole('heading', { name: 'Yeast' })).toHaveLength(1);
  });

  it('may have become fewer: that is no error', async () => {
    const user = userEvent.setup();
    pageOf(1).reply(200, aPage([anEntity()], { count: 2, num_pages: 2 }));
    pageOf(2).reply(404, { code: 'not_found', detail: 'Invalid page.', details: {} });
    renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
    const more = await screen.findByRole('button', { name: 'Show more' });
    await user.click(more);
    await act(async () => {});
    expect(screen.queryByText('Invalid page.')).not.toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Salt' })).toBeVisible();
  });
});

it('does not show one state under the name of another while that is loaded', async () => {
  const user = userEvent.setup();
  await openedOn(anEntity());
  studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(() => new Promise(() => {}));
  await user.click(screen.getByRole('button', { name: /^Reviewed/ }));
  expect(screen.queryByRole('heading', { name: 'Salt' })).not.toBeInTheDocument();
});

it('shows what was refused in one library only there', async () => {
  openPanel({
    libraryKey: 'lib:Test:Other', keys: ['lb:Test:Other:html:salt'], unreviewedCount: 1, changeCount: 1, requestedCount: 0,
  });
  await openedOn(yeast);
  expect(screen.queryByRole('heading', { name: /still need/ })).not.toBeInTheDocument();
});

it('says of what is gone not that it is reviewed', async () => {
  const key = 'lb:Test:Bread:html:salt';
  studio.onGet(new RegExp(`${API}/entities/`)).reply(200, { results: [], missing: [{ key, code: 'not_found' }] });
  openPanel({
    libraryKey: LIBRARY_KEY, keys: [key], unreviewedCount: 1, changeCount: 1, requestedCount: 0,
  });
  renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  expect(await screen.findByRole('heading', { name: '1 change still needs a review' })).toBeVisible();
  await act(async () => {});
  expect(screen.queryByText('Nothing is blocking the publish any more.')).not.toBeInTheDocument();
});

it('keeps what somebody writes when they press Escape in it', async () => {
  const user = userEvent.setup();
  setPanelState({ isOpen: true });
  await openedOn(anEntity());
  await user.click(screen.getByRole('button', { name: 'Add a note: Salt' }));
  await user.keyboard('Checked{Escape}');
  expect(within(screen.getByRole('listitem')).getByRole('textbox')).toHaveValue('Checked');
});

it('says so where Studio has not kept who it was', async () => {
  await openedOn(anEntity({ changed_by: null }));
  expect(screen.getByRole('listitem')).toHaveTextContent(/Text · edited · Unknown author, (last|\d+) /);
});
