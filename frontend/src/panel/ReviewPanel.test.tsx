import {
  act, screen, waitFor, within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Entity } from '../data/api';
import { refreshReviews } from '../data/apiHooks';
import {
  closePanel, INITIAL_STATE, openPanel, setPanelState,
} from '../panelState';
import {
  aLibrary, anEntity, aPage, aReview, LIBRARY_KEY,
} from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { ReviewPanel } from './ReviewPanel';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const SALT = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/`;

const yeast = anEntity({ key: 'lb:Test:Bread:html:yeast', title: 'Yeast', draft_change_log_record_id: 34 });

let studio: MockAdapter;

const listed = (...entities: Entity[]) => {
  studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(200, aPage(entities));
};

const openedOn = async (...entities: Entity[]) => {
  listed(...entities);
  const shown = renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  if (entities.length) { await screen.findByRole('heading', { name: entities[0]!.title }); }
  return shown;
};

const card = (title: string) => screen.getAllByRole('listitem').find((item) => (
  within(item).queryByRole('heading', { name: title })
))!;

const sent = (method: 'put' | 'post' | 'patch') => studio.history[method]!.map(({ url, data }) => [url, JSON.parse(data)]);

beforeEach(() => {
  closePanel();
  setPanelState(INITIAL_STATE);
  studio = mockStudio('rita');
  studio.onGet(LIBRARY).reply(200, aLibrary());
});

describe('an item', () => {
  it('says what changed, who changed it, where it is, and who reviewed it', async () => {
    await openedOn(anEntity({
      is_reviewed: true,
      contained_in: [{ key: 'lct:Test:Bread:unit:dough', title: 'Dough' }, { key: null, title: 'Basics' }],
      reviews: [aReview({ note: 'Amounts checked' }), aReview({ id: 2, reviewer: null, is_carried_over: true })],
    }));
    const salt = card('Salt');
    expect(salt).toHaveTextContent(/Text · edited · by Ada, .* ago/);
    expect(salt).toHaveTextContent('In Dough and Basics');
    expect(salt).toHaveTextContent(/Reviewed by Rita, .* ago/);
    expect(salt).toHaveTextContent('Amounts checked');
    expect(salt).toHaveTextContent(/Reviewed by somebody whose account was deleted; saved again without a change/);
    expect(within(salt).getByText('Reviewed')).toBeVisible();
    expect(within(salt).getByRole('link', { name: 'Salt' }))
      .toHaveAttribute('href', '/library/lib:Test:Bread/components/lb:Test:Bread:html:salt');
  });

  it('has no link once it is deleted', async () => {
    await openedOn(anEntity({ change: 'deleted', draft_version_num: null }));
    expect(within(card('Salt')).queryByRole('link')).not.toBeInTheDocument();
    expect(card('Salt')).toHaveTextContent('Text · deleted');
  });

  it('cannot be marked by those who may not review here, which is said once', async () => {
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: { ...aLibrary().may, review: false } }));
    const mayNot = { may_review: { allowed: false, reason: 'no_permission' as const } };
    await openedOn(anEntity(mayNot), { ...yeast, ...mayNot });
    expect(screen.getByText('You may look at the reviews in this library, but not give any.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Mark as reviewed/ })).not.toBeInTheDocument();
  });

  it('says that an edit has overtaken its review', async () => {
    await openedOn(anEntity({ is_overtaken: true }));
    expect(within(card('Salt')).getByText('Overtaken by an edit')).toBeVisible();
  });

  it.each([
    ['own_change', 'This is your own change: somebody else has to review it.'],
    ['no_record', /Studio has kept no record of this change/],
  ] as const)('cannot be marked by those who may not, and says why: %s', async (reason, sentence) => {
    await openedOn(anEntity({ may_review: { allowed: false, reason } }));
    expect(within(card('Salt')).getByText(sentence)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Mark as reviewed/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });

  it('shows all its reviews to those who ask', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    const history = [aReview({
      in_force: false, withdrawn_at: '2026-01-04T00:00:00Z', withdrawn_by: { username: 'adam', name: '' },
    }), aReview({ id: 2, version_num: null })];
    studio.onGet(`${SALT}reviews/?page_size=100`).reply(200, {
      count: 5, next: null, previous: null, num_pages: 1, current_page: 1, start: 0, results: history,
    });
    await user.click(screen.getByRole('button', { name: 'History of Salt' }));
    expect(await screen.findByText(/version 2 · withdrawn by adam/)).toBeVisible();
    expect(screen.getByText(/its deletion/)).toBeVisible();
    expect(screen.getByText('And 3 older ones.')).toBeVisible();
  });
});

describe('marking', () => {
  it('names the change that was seen, and the note', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onPut(`${SALT}review/`).reply(200, anEntity({ is_reviewed: true }));
    await user.click(screen.getByRole('button', { name: 'Add a note: Salt' }));
    await user.type(screen.getByRole('textbox', { name: /^Note/ }), ' Amounts checked ');
    await user.click(screen.getByRole('button', { name: 'Mark as reviewed: Salt' }));
    expect(await screen.findByText('Marked as reviewed: Salt')).toBeVisible();
    expect(sent('put')).toEqual([[`${SALT}review/`, { draft_change_log_record_id: 12, note: 'Amounts checked' }]]);
  });

  it('says what was done also when that has taken the item out of the list', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    studio.onPut(`${SALT}review/`).reply(() => {
      listed(yeast);
      return [200, anEntity({ is_reviewed: true })];
    });
    await user.click(screen.getByRole('button', { name: 'Mark as reviewed: Salt' }));
    expect(await screen.findByText('Marked as reviewed: Salt')).toHaveFocus();
    expect(screen.queryByRole('heading', { name: 'Salt' })).not.toBeInTheDocument();
  });

  it('says what was done also when it was the last one', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onPut(`${SALT}review/`).reply(() => {
      listed();
      return [200, anEntity({ is_reviewed: true })];
    });
    await user.click(screen.getByRole('button', { name: 'Mark as reviewed: Salt' }));
    expect(await screen.findByText('Marked as reviewed: Salt')).toHaveFocus();
    expect(screen.getByText('Every change has been reviewed.')).toBeVisible();
  });

  it('approves nothing that nobody saw: the item says that it has changed', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    const edited = anEntity({ draft_change_log_record_id: 13, title: 'Salt and pepper' });
    listed(edited);
    studio.onPut(`${SALT}review/`).replyOnce(409, {
      code: 'stale_review', detail: 'It has changed since.', details: { current: edited },
    });
    await user.click(screen.getByRole('button', { name: 'Mark as reviewed: Salt' }));
    expect(await screen.findByRole('heading', { name: 'Salt and pepper' })).toBeVisible();
    expect(screen.getByText(/Somebody has changed this since you opened the list/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Mark as reviewed/ })).not.toBeInTheDocument();

    studio.onPut(`${SALT}review/`).reply(200, edited);
    await user.click(screen.getByRole('button', { name: 'I have seen the new state' }));
    await user.click(screen.getByRole('button', { name: 'Mark as reviewed: Salt and pepper' }));
    await screen.findByText('Marked as reviewed: Salt and pepper');
    expect(sent('put').map(([, body]) => body.draft_change_log_record_id)).toEqual([12, 13]);
  });

  it('is not offered for what was edited since the list was opened, before anything is sent', async () => {
    const { queryClient } = await openedOn(anEntity(), yeast);
    expect(screen.getAllByRole('checkbox', { name: /^Select (Salt|Yeast)$/ })).toHaveLength(2);
    listed(anEntity({ draft_change_log_record_id: 13 }), yeast);
    await act(() => refreshReviews(queryClient));
    expect(await within(card('Salt')).findByText(/Somebody has changed this/)).toBeVisible();
    expect(within(card('Salt')).queryByRole('button', { name: /Mark as reviewed/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox', { name: 'Select Salt' })).not.toBeInTheDocument();
    expect(within(card('Yeast')).getByRole('button', { name: /Mark as reviewed/ })).toBeEnabled();
  });

  it('remembers what was seen when another filter shows the item again', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    listed(anEntity({ draft_change_log_record_id: 13 }));
    await user.click(screen.getByRole('button', { name: /^All/ }));
    expect(await within(card('Salt')).findByText(/Somebody has changed this/)).toBeVisible();
  });

  it('says in the server’s words why not', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onPut(`${SALT}review/`).reply(403, { code: 'own_change', detail: 'It is your own.', details: {} });
    await user.click(screen.getByRole('button', { name: 'Mark as reviewed: Salt' }));
    expect(await screen.findByText('It is your own.')).toBeVisible();
  });

  it('says so when there is no answer', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onPut(`${SALT}review/`).networkError();
    await user.click(screen.getByRole('button', { name: 'Mark as reviewed: Salt' }));
    expect(await screen.findByText(/Studio did not answer/)).toBeVisible();
  });

  it('is not offered a second time; one’s own review can be withdrawn', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity({ is_reviewed: true, reviews: [aReview()] }));
    expect(screen.queryByRole('button', { name: /Mark as reviewed/ })).not.toBeInTheDocument();
    studio.onDelete(`${SALT}review/`).reply(200, anEntity());
    await user.click(screen.getByRole('button', { name: 'Withdraw your review: Salt' }));
    expect(await screen.findByText('Review withdrawn: Salt')).toBeVisible();
  });

  it('is offered for what somebody else has reviewed', async () => {
    await openedOn(anEntity({
      is_reviewed: true, reviews: [aReview({ reviewer: { username: 'otto', name: 'Otto' } })],
    }));
    expect(screen.getByRole('button', { name: 'Mark as reviewed: Salt' })).toBeEnabled();
    expect(screen.queryByRole('button', { name: /Withdraw/ })).not.toBeInTheDocument();
  });
});

describe('a selection', () => {
  it('is marked as one', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    studio.onPost(`${LIBRARY}reviews/`).reply(200, { reviewed: 2 });
    await user.click(screen.getByRole('checkbox', { name: 'Select the 2 shown' }));
    await user.click(screen.getByRole('button', { name: 'Mark 2 as reviewed' }));
    expect(await screen.findByText('2 items marked as reviewed.')).toHaveFocus();
    expect(screen.queryByRole('region', { name: 'Selection' })).not.toBeInTheDocument();
    expect(sent('post')).toEqual([[`${LIBRARY}reviews/`, {
      items: [
        { key: 'lb:Test:Bread:html:salt', draft_change_log_record_id: 12 },
        { key: 'lb:Test:Bread:html:yeast', draft_change_log_record_id: 34 },
      ],
      note: '',
    }]]);
  });

  it('stays, and says what stands in the way, if not all can be marked', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    studio.onPost(`${LIBRARY}reviews/`).reply(409, {
      code: 'not_all_reviewable',
      detail: 'Nothing was marked.',
      details: { items: [{ key: yeast.key, code: 'stale_review', detail: '“Yeast” has changed since.' }] },
    });
    await user.click(screen.getByRole('checkbox', { name: 'Select the 2 shown' }));
    await user.click(screen.getByRole('button', { name: 'Mark 2 as reviewed' }));
    expect(await screen.findByText(/Nothing was marked, because of one item/)).toBeVisible();
    expect(screen.getByText('“Yeast” has changed since.')).toBeVisible();
    expect(screen.getByRole('checkbox', { name: 'Select Yeast' })).toBeChecked();
  });

  it('is withdrawn item by item, and says which could not be', async () => {
    const user = userEvent.setup();
    await openedOn(...[anEntity(), yeast].map((entity) => ({ ...entity, is_reviewed: true, reviews: [aReview()] })));
    studio.onDelete(`${SALT}review/`).reply(200, anEntity());
    await user.click(screen.getByRole('checkbox', { name: 'Select the 2 shown' }));
    await user.click(screen.getByRole('button', { name: 'Withdraw 2 reviews' }));
    expect(await screen.findByText('1 review withdrawn. Not withdrawn: Yeast.')).toHaveFocus();
  });

  it('leaves out what the person can do nothing about', async () => {
    const own = anEntity({
      key: 'lb:Test:Bread:html:own', title: 'Own', may_review: { allowed: false, reason: 'own_change' },
    });
    await openedOn(anEntity(), own, yeast);
    expect(screen.getByRole('checkbox', { name: 'Select the 2 shown' })).toBeInTheDocument();
    expect(screen.queryByRole('checkbox', { name: 'Select Own' })).not.toBeInTheDocument();
  });
});

describe('the list', () => {
  const queries = () => studio.history.get!.filter(({ url }) => url!.startsWith(`${LIBRARY}entities/`))
    .map(({ url }) => Object.fromEntries(new URL(url!).searchParams));

  it('shows first what nobody has reviewed, the newest change on top', async () => {
    await openedOn(anEntity());
    expect(queries()).toEqual([{
      state: 'unreviewed', order: '-changed', page: '1', page_size: '20',
    }]);
    expect(screen.getByRole('button', { name: 'Not reviewed (2)' })).toHaveAttribute('aria-pressed', 'true');
  });

  it('can be filtered by state and type, and searched', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    await user.click(screen.getByRole('button', { name: 'Overtaken' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Type' }), 'Unit');
    await user.type(screen.getByRole('searchbox', { name: 'Search by title' }), 'sal');
    await waitFor(() => expect(queries().at(-1)).toEqual({
      state: 'overtaken', kind: 'unit', text: 'sal', order: '-changed', page: '1', page_size: '20',
    }));
    expect(queries().map(({ text }) => text)).not.toContain('s');
  });

  it('loads more', async () => {
    const user = userEvent.setup();
    studio.onGet(new RegExp(`^${LIBRARY}entities/.*page=1`)).reply(200, aPage([anEntity()], { count: 2, num_pages: 2 }));
    studio.onGet(new RegExp(`^${LIBRARY}entities/.*page=2`))
      .reply(200, aPage([yeast], { count: 2, num_pages: 2, current_page: 2 }));
    renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
    expect(await screen.findByText('1 of 2 changes')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('heading', { name: 'Yeast' })).toBeVisible();
    expect(screen.getByText('2 of 2 changes')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
  });

  it('says so when there is nothing', async () => {
    await openedOn();
    expect(await screen.findByText('Every change has been reviewed.')).toBeVisible();
  });

  it('says so when nothing answers to the search', async () => {
    setPanelState({ text: 'pepper' });
    await openedOn();
    expect(await screen.findByText('No change answers to this search.')).toBeVisible();
  });

  it('says so when it could not be loaded, and tries again', async () => {
    const user = userEvent.setup();
    studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(404);
    renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
    expect(await screen.findByText('You have no access to the reviews of this library.')).toBeVisible();
    listed(anEntity());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Salt' })).toBeVisible();
  });
});

it('says what was done to the item that is selected in Studio', async () => {
  const user = userEvent.setup();
  listed();
  const asked = `${API}/entities/?key=lb%3ATest%3ABread%3Ahtml%3Ayeast`;
  studio.onGet(asked).reply(200, { results: [yeast], missing: [] });
  studio.onPut(`${API}/entities/lb%3ATest%3ABread%3Ahtml%3Ayeast/review/`).reply(() => {
    studio.onGet(asked).reply(200, { results: [{ ...yeast, is_reviewed: true, reviews: [aReview()] }], missing: [] });
    return [200, yeast];
  });
  renderInStudio(
    <ReviewPanel libraryKey={LIBRARY_KEY} />,
    { at: '/library/lib:Test:Bread/components/lb:Test:Bread:html:yeast' },
  );
  await user.click(await screen.findByRole('button', { name: 'Mark as reviewed: Yeast' }));
  expect(await screen.findByText('Marked as reviewed: Yeast')).toHaveFocus();
  expect(screen.getByRole('button', { name: 'Withdraw your review: Yeast' })).toBeVisible();
});

it('shows the item that is selected in Studio before the list', async () => {
  listed(anEntity());
  studio.onGet(`${API}/entities/?key=lb%3ATest%3ABread%3Ahtml%3Ayeast`).reply(200, { results: [yeast], missing: [] });
  renderInStudio(
    <ReviewPanel libraryKey={LIBRARY_KEY} />,
    { at: '/library/lib:Test:Bread/components/lb:Test:Bread:html:yeast' },
  );
  const selected = await screen.findByRole('region', { name: 'Selected in Studio' });
  expect(await within(selected).findByRole('heading', { name: 'Yeast' })).toBeVisible();
  expect(selected.compareDocumentPosition(screen.getByRole('region', { name: 'Unpublished changes' })))
    .toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

describe('what stood in the way of a publish', () => {
  const refusal = {
    libraryKey: LIBRARY_KEY, keys: ['lb:Test:Bread:html:salt'], unreviewedCount: 1, changeCount: 2,
  };
  const asked = (...entities: Entity[]) => (
    studio.onGet(`${API}/entities/?key=lb%3ATest%3ABread%3Ahtml%3Asalt`).reply(200, { results: entities, missing: [] })
  );

  it('is all that is listed, until one asks for everything', async () => {
    const user = userEvent.setup();
    listed(yeast);
    asked(anEntity());
    openPanel(refusal);
    renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
    expect(await screen.findByRole('heading', { name: 'Salt' })).toBeVisible();
    expect(screen.queryByRole('heading', { name: 'Yeast' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all changes' }));
    expect(await screen.findByRole('heading', { name: 'Yeast' })).toBeVisible();
  });

  it('says so once it is all reviewed', async () => {
    asked(anEntity({ is_reviewed: true }));
    openPanel(refusal);
    renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
    expect(await screen.findByText('None of them stands in the way any more.')).toBeVisible();
  });
});

describe('whether the library requires reviews', () => {
  const admin = { ...aLibrary().may, manage_policy: true };

  it('is said to everybody, and decided by those who may', async () => {
    studio.onGet(LIBRARY).reply(200, aLibrary({ review_required: false }));
    await openedOn(anEntity());
    expect(screen.getByText('In this library changes can be published without a review.')).toBeVisible();
    expect(screen.queryByRole('switch')).not.toBeInTheDocument();
  });

  it('is asked about before it is switched off', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: admin }));
    studio.onPatch(LIBRARY).reply(200, aLibrary({ may: admin, review_required: false }));
    await openedOn(anEntity());
    await user.click(screen.getByRole('switch', { name: 'Require a review before publishing' }));
    const dialog = await screen.findByRole('dialog', { name: 'Publish without reviews?' });
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(studio.history.patch).toHaveLength(0);

    await user.click(screen.getByRole('switch'));
    await user.click(await screen.findByRole('button', { name: 'Do not require reviews' }));
    await waitFor(() => expect(sent('patch')).toEqual([[LIBRARY, { review_required: false }]]));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('is switched on at once', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: admin, review_required: false }));
    studio.onPatch(LIBRARY).reply(200, aLibrary({ may: admin }));
    await openedOn(anEntity());
    await user.click(screen.getByRole('switch'));
    await waitFor(() => expect(sent('patch')).toEqual([[LIBRARY, { review_required: true }]]));
  });
});
