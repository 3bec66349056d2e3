/** An import as one thing: what it brought, its review, its publish. */
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Import, Library } from '../data/api';
import { INITIAL_STATE, seenRecords, setPanelState } from '../panelState';
import {
  aLibrary, anEntity, anImport, aPage, aResult, LIBRARY_KEY, mayNot,
} from '../testing/data';
import {
  API, IMPORTS, mockStudio, renderInStudio,
} from '../testing/render';
import { ReviewPanel } from './ReviewPanel';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const REVIEWS = `${LIBRARY}change-logs/5/reviews/`;
const PUBLISH = `${LIBRARY}publish-reviewed/`;

let studio: MockAdapter;

const imported = (...results: Import[]) => studio.onGet(IMPORTS).reply(200, { count: results.length, results });
const queries = () => studio.history.get!.filter(({ url }) => url!.startsWith(`${LIBRARY}entities/`))
  .map(({ url }) => Object.fromEntries(new URL(url!).searchParams));

const opened = async (library: Partial<Library> = {}) => {
  const user = userEvent.setup();
  studio.onGet(LIBRARY).reply(200, aLibrary(library));
  renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  return { user, imports: within(await screen.findByRole('region', { name: 'Imports' })) };
};

beforeEach(() => {
  seenRecords.clear();
  setPanelState(INITIAL_STATE);
  studio = mockStudio('rita');
  studio.onGet(new RegExp(`^${LIBRARY}entities/\\?state`)).reply(200, aPage([anEntity()]));
});

it('are shown as one thing each, and those who did it are named', async () => {
  studio.onGet(IMPORTS).reply(200, {
    count: 3,
    results: [
      anImport(),
      anImport({
        draft_change_log_id: 6, imported_by: null, source: '', change_count: 1, unreviewed: 0,
      }),
    ],
  });
  const { imports } = await opened();
  expect(imports.getAllByRole('listitem').map(({ firstChild }) => firstChild!.textContent)).toEqual([
    expect.stringMatching(/^27 changes imported by Ada from course X, 24 await review · .*(ago|last|yesterday)/),
    expect.stringMatching(/^1 change imported by an unknown author, none awaits review · /),
  ]);
  expect(imports.getByText('And 1 older import.')).toBeVisible();
});

it('are not there if there are none', async () => {
  studio.onGet(LIBRARY).reply(200, aLibrary());
  renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  await screen.findByRole('heading', { name: 'Salt' });
  expect(screen.queryByRole('region', { name: 'Imports' })).not.toBeInTheDocument();
});

it('say so if they could not be loaded, and try again', async () => {
  const user = userEvent.setup();
  studio.onGet(LIBRARY).reply(200, aLibrary());
  studio.onGet(IMPORTS).reply(403);
  renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('You have no access');
  imported(anImport());
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/^27 changes imported/)).toBeVisible();
});

it('filter the list, until one asks for all changes', async () => {
  setPanelState({ text: 'pepper', isMine: true });
  imported(anImport());
  const { user, imports } = await opened();
  await user.click(imports.getByRole('button', { name: 'Show changes' }));
  expect(await screen.findByRole('heading', { name: 'Imported from course X' })).toHaveFocus();
  await waitFor(() => expect(queries().at(-1)).toEqual({
    state: 'all', order: '-changed', change_log: '5', page: '1', page_size: '20',
  }));
  // Those of the library would be said of the import.
  expect(screen.getByRole('button', { name: 'Not reviewed' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show all changes' }));
  expect(await screen.findByRole('heading', { name: 'Unpublished changes' })).toBeVisible();
  await waitFor(() => expect(queries().at(-1)).not.toHaveProperty('change_log'));
});

describe('the review of one', () => {
  const dialogOf = async () => {
    imported(anImport({ unreviewed: 2 }));
    const { user, imports } = await opened();
    studio.onGet(/\?change_log=5/).reply(200, aPage([
      anEntity(),
      anEntity({ key: null, title: 'Oil', draft_change_log_record_id: 13 }),
      anEntity({ key: null, title: 'Rye', draft_change_log_record_id: 14 }),
    ]));
    await user.click(imports.getByRole('button', { name: 'Review import' }));
    return { user, dialog: within(await screen.findByRole('dialog', { name: 'Review import' })) };
  };

  it('is given to all of it, after the list of what it changed', async () => {
    const { user, dialog } = await dialogOf();
    expect((await dialog.findAllByRole('listitem')).map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^SaltText · edited · Ada/), expect.stringMatching(/^Oil/), expect.stringMatching(/^Rye/),
    ]);
    expect(studio.history.post).toHaveLength(0);
    studio.onPost(REVIEWS).reply(() => {
      imported();
      return [200, { reviewed: 2 }];
    });
    await user.click(dialog.getByRole('button', { name: 'Add a note' }));
    await user.keyboard('As in the course');
    await user.click(dialog.getByRole('button', { name: 'Approve 2 changes' }));
    expect(await screen.findByText('2 items approved.')).toBeVisible();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(studio.history.post!.map(({ data }) => JSON.parse(data))).toEqual([{ note: 'As in the course' }]);
  });

  it('can be put off', async () => {
    const { user, dialog } = await dialogOf();
    await dialog.findAllByRole('listitem');
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(studio.history.post).toHaveLength(0);
  });

  it.each([
    [403, { code: 'own_change', detail: 'You changed “Salt”.' }, 'You changed “Salt”.'],
    [409, { code: 'busy', detail: 'It is being published.' }, 'It is being published.'],
    [404, '', 'You have no access to the reviews of this library.'],
  ])('says why it was refused, and stays: %d', async (status, body, sentence) => {
    const { user, dialog } = await dialogOf();
    studio.onPost(REVIEWS).reply(status, body);
    await user.click(await dialog.findByRole('button', { name: 'Approve 2 changes' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent(sentence);
    expect(document.activeElement).toHaveTextContent(sentence);
  });

  it('says so if there is nothing to review any more', async () => {
    imported(anImport());
    const { user, imports } = await opened();
    studio.onGet(/\?change_log=5/).reply(200, aPage([]));
    await user.click(imports.getByRole('button', { name: 'Review import' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Review import' }));
    expect(await dialog.findByText('No changes to review here.')).toBeVisible();
    expect(dialog.queryByRole('button', { name: /as reviewed/ })).not.toBeInTheDocument();
  });

  it('is not offered to those who imported it, who read why', async () => {
    imported(anImport({ may_review: mayNot('own_change', '2020-05-03T12:00:00Z') }));
    const { imports } = await opened();
    expect(imports.getByText(/^You changed this on May 3, 2020/)).toBeVisible();
    expect(imports.queryByRole('button', { name: 'Review import' })).not.toBeInTheDocument();
  });
});

describe('the publish of one', () => {
  it('takes only what it changed, after it has said what that is', async () => {
    imported(anImport());
    const { user, imports } = await opened();
    studio.onPost(PUBLISH, { dry_run: true, draft_change_log_id: 5 }).reply(200, { ...aResult(), dry_run: true });
    studio.onPost(PUBLISH, { draft_change_log_id: 5 }).reply(() => {
      imported();
      return [200, { ...aResult(), dry_run: false }];
    });
    await user.click(imports.getByRole('button', { name: 'Publish reviewed (3)' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Publish reviewed items' }));
    expect(await dialog.findByText('24 unreviewed changes stay drafts.')).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Publish 1 item' }));
    // By then the import is gone from the list.
    expect(await dialog.findByText('1 item is live now.')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Imports' })).not.toBeInTheDocument());
    expect(dialog.getByText('1 item is live now.')).toBeVisible();
    await user.click(dialog.getAllByRole('button', { name: 'Close' })[0]!);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('goes on in the background where that takes long', async () => {
    imported(anImport());
    const { user, imports } = await opened();
    const id = '0b1a2c3d-0000-4000-8000-000000000000';
    studio.onPost(PUBLISH, { dry_run: true, draft_change_log_id: 5 }).reply(200, { ...aResult(), dry_run: true });
    studio.onPost(PUBLISH, { draft_change_log_id: 5 }).reply(202, { id, state: 'pending' });
    studio.onGet(`${PUBLISH}${id}/`).reply(200, {
      id, state: 'succeeded', result: aResult(), error: null, done: 1, total: 1,
    });
    await user.click(imports.getByRole('button', { name: 'Publish reviewed (3)' }));
    await user.click(await screen.findByRole('button', { name: 'Publish 1 item' }));
    expect(await screen.findByText('1 item is live now.')).toBeVisible();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it.each([
    ['of which nothing is reviewed', { reviewed: 0 }, {}],
    ['to those who may not publish', {}, { may: { ...aLibrary().may, publish_reviewed: false } }],
  ])('is not offered %s', async (_, change, library) => {
    imported(anImport(change));
    const { imports } = await opened(library);
    expect(imports.getByRole('button', { name: 'Show changes' })).toBeVisible();
    expect(imports.queryByRole('button', { name: /^Publish/ })).not.toBeInTheDocument();
  });
});
