import {
  act, screen, waitFor, within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';
import { Link } from 'react-router-dom';

import type { Entity } from '../data/api';
import { refreshReviews, reviewsKeys } from '../data/apiHooks';
import {
  INITIAL_STATE, openPanel, seenRecords, setPanelState,
} from '../panelState';
import {
  aLibrary, anEntity, aPage, aPerson, aReview, LIBRARY_KEY, mayNot,
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
  seenRecords.clear();
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
    expect(salt).not.toHaveTextContent('version');
    expect(salt).toHaveTextContent('Amounts checked');
    expect(salt).toHaveTextContent(/Reviewed by a deleted account; saved again without a change/);
    expect(within(salt).getByText('Reviewed')).toBeVisible();
    expect(within(salt).getByRole('link', { name: 'Salt' }))
      .toHaveAttribute('href', '/library/lib:Test:Bread/components/lb:Test:Bread:html:salt');
  });

  it('has no link once it is deleted', async () => {
    await openedOn(anEntity({ change: 'deleted', draft_version_num: null }));
    expect(within(card('Salt')).queryByRole('link')).not.toBeInTheDocument();
    expect(card('Salt')).toHaveTextContent('Text · deleted');
  });

  it.each([
    ['new', 'html', 'Text · new'],
    ['edited', 'unit', 'Unit · edited'],
    ['edited', 'some-xblock', 'Component · edited'],
  ] as const)('says what has changed, and that nobody has reviewed it: %s, %s', async (change, type, line) => {
    await openedOn(anEntity({ change, block_type: type }));
    expect(card('Salt')).toHaveTextContent(`${line} · by Ada`);
    expect(within(card('Salt')).getByText('Not reviewed')).toBeVisible();
  });

  it.each([
    ['contents', /Unit · only what it contains has changed/],
    [null, /Unit · nothing to publish(?! · by)/],
  ] as const)('says that there is nothing to review: %s', async (change, line) => {
    await openedOn(anEntity({ change, block_type: 'unit', is_reviewed: true }));
    expect(card('Salt')).toHaveTextContent(line);
    expect(within(card('Salt')).queryByText(/^(Not r|R)eviewed$/)).not.toBeInTheDocument();
  });

  it('is listed with all others that Studio has no key for', async () => {
    await openedOn(
      anEntity({ key: null }),
      anEntity({ key: null, title: 'Oil', draft_change_log_record_id: 13 }),
      anEntity({ key: null, title: 'Rye', draft_change_log_record_id: null }),
      anEntity({ key: null, title: 'Rye', draft_change_log_record_id: null }),
    );
    expect(screen.getAllByRole('heading', { level: 4 }).map(({ textContent }) => textContent))
      .toEqual(['Salt', 'Oil', 'Rye', 'Rye']);
    expect(screen.queryByText(/Someone edited this/)).not.toBeInTheDocument();
  });

  it('has no page and nothing that could be done if Studio has no key for it', async () => {
    await openedOn(anEntity({ key: null }), yeast);
    expect(card('Salt')).toBeVisible();
    expect(within(card('Salt')).queryByRole('link')).not.toBeInTheDocument();
    expect(within(card('Salt')).queryByRole('button')).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });

  it('cannot be marked by those who may not review here, which is said once', async () => {
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: { ...aLibrary().may, review: false } }));
    const change = { may_review: mayNot('no_permission') };
    await openedOn(anEntity(change), { ...yeast, ...change });
    expect(screen.getByText('You can view the reviews in this library, but not review.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Approve/ })).not.toBeInTheDocument();
  });

  it('says that an edit came after its review', async () => {
    await openedOn(anEntity({ is_outdated: true }));
    expect(within(card('Salt')).getByText('Edited after review')).toBeVisible();
  });

  it.each([
    ['own_change', 'You changed this. Another reviewer has to review it.'],
    ['no_record', /Studio has not recorded this change/],
  ] as const)('cannot be marked by those who may not, and says why: %s', async (reason, sentence) => {
    await openedOn(anEntity({ may_review: mayNot(reason) }));
    expect(within(card('Salt')).getByText(sentence)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Approve/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });

  it.each([
    ['2020-05-03T12:00:00Z', 'You changed this on May 3, 2020. Another reviewer has to review it.'],
    [`${new Date().getFullYear()}-05-03T12:00:00Z`, 'You changed this on May 3. Another reviewer has to review it.'],
  ])('says when the person has changed it: %s', async (changedAt, sentence) => {
    await openedOn(anEntity({ may_review: mayNot('own_change', changedAt) }));
    expect(within(card('Salt')).getByText(sentence)).toBeVisible();
  });

  it('shows all its reviews to those who ask', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    const history = [aReview({
      in_force: false, withdrawn_at: '2026-01-04T00:00:00Z', withdrawn_by: aPerson('adam'),
    }), aReview({ id: 2, version_num: null })];
    studio.onGet(`${SALT}reviews/?page_size=100`).reply(200, {
      count: 5, next: null, previous: null, num_pages: 1, current_page: 1, start: 0, results: history,
    });
    const button = screen.getByRole('button', { name: 'History of Salt' });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await user.click(button);
    expect(await screen.findByText(/version 2 · withdrawn by adam/)).toBeVisible();
    expect(button).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByText(/its deletion/)).toBeVisible();
    expect(screen.getByText('And 3 older ones.')).toBeVisible();
    await user.click(button);
    expect(screen.queryByText('And 3 older ones.')).not.toBeInTheDocument();
  });

  it('says who withdrew a review also if that account is gone, and counts one older one', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onGet(`${SALT}reviews/?page_size=100`).reply(200, {
      count: 2, results: [aReview({ in_force: false, withdrawn_at: '2026-01-04T00:00:00Z', withdrawn_by: null })],
    });
    await user.click(screen.getByRole('button', { name: 'History of Salt' }));
    expect(await screen.findByText(/withdrawn by a deleted account/)).toBeVisible();
    expect(screen.getByText('And 1 older one.')).toBeVisible();
  });

  it('says so when nobody has ever reviewed it', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onGet(`${SALT}reviews/?page_size=100`).reply(200, { count: 0, results: [] });
    await user.click(screen.getByRole('button', { name: 'History of Salt' }));
    expect(await screen.findByText('Not reviewed yet.')).toBeVisible();
  });

  it('says so when its reviews could not be loaded, and tries again', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onGet(`${SALT}reviews/?page_size=100`).reply(403);
    await user.click(screen.getByRole('button', { name: 'History of Salt' }));
    expect(await within(card('Salt')).findByRole('alert')).toHaveTextContent('You have no access');
    studio.onGet(`${SALT}reviews/?page_size=100`).reply(200, { count: 1, results: [aReview()] });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/version 2/)).toBeVisible();
    expect(screen.queryByText(/older/)).not.toBeInTheDocument();
  });
});

describe('marking', () => {
  it('names the change that was seen, and the note', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onPut(`${SALT}review/`).reply(200, anEntity({ is_reviewed: true }));
    await user.click(screen.getByRole('button', { name: 'Add a note: Salt' }));
    expect(screen.getByRole('textbox', { name: /^Note/ })).toHaveFocus();
    await user.type(screen.getByRole('textbox', { name: /^Note/ }), ' Amounts checked ');
    await user.click(screen.getByRole('button', { name: 'Approve: Salt' }));
    expect(await screen.findByText('Approved: Salt')).toBeVisible();
    expect(sent('put')).toEqual([[`${SALT}review/`, { draft_change_log_record_id: 12, note: 'Amounts checked' }]]);
  });

  it('leaves out a note that was taken back', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onPut(`${SALT}review/`).reply(200, anEntity({ is_reviewed: true }));
    await user.click(screen.getByRole('button', { name: 'Add a note: Salt' }));
    await user.type(screen.getByRole('textbox', { name: /^Note/ }), 'Amounts');
    await user.click(screen.getByRole('button', { name: 'Discard note: Salt' }));
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Approve: Salt' }));
    await screen.findByText('Approved: Salt');
    expect(sent('put').map(([, body]) => body.note)).toEqual(['']);
  });

  it('says what was done also when that has taken the item out of the list', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    studio.onPut(`${SALT}review/`).reply(() => {
      listed(yeast);
      return [200, anEntity({ is_reviewed: true })];
    });
    await user.click(screen.getByRole('button', { name: 'Approve: Salt' }));
    expect(await screen.findByText('Approved: Salt')).toHaveFocus();
    expect(screen.queryByRole('heading', { name: 'Salt' })).not.toBeInTheDocument();
  });

  it('says what was done also when it was the last one', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onPut(`${SALT}review/`).reply(() => {
      listed();
      return [200, anEntity({ is_reviewed: true })];
    });
    await user.click(screen.getByRole('button', { name: 'Approve: Salt' }));
    expect(await screen.findByText('Approved: Salt')).toHaveFocus();
    expect(screen.getByText('All changes are reviewed.')).toBeVisible();
  });

  it('approves nothing that nobody saw: the item says that it has changed', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    const edited = anEntity({ draft_change_log_record_id: 13, title: 'Salt and pepper' });
    listed(edited);
    studio.onPut(`${SALT}review/`).replyOnce(409, {
      code: 'stale_review', detail: 'It has changed since.', details: { current: edited },
    });
    await user.click(screen.getByRole('button', { name: 'Approve: Salt' }));
    expect(await screen.findByRole('heading', { name: 'Salt and pepper' })).toBeVisible();
    expect(screen.getByText(/Someone edited this since you first saw it here/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Approve/ })).not.toBeInTheDocument();

    studio.onPut(`${SALT}review/`).reply(200, edited);
    await user.click(screen.getByRole('button', { name: 'I have seen the new state' }));
    await user.click(screen.getByRole('button', { name: 'Approve: Salt and pepper' }));
    await screen.findByText('Approved: Salt and pepper');
    expect(sent('put').map(([, body]) => body.draft_change_log_record_id)).toEqual([12, 13]);
  });

  it('is offered for an item once that item was looked at anew, and not for others', async () => {
    const user = userEvent.setup();
    const oil = anEntity({ key: 'lb:Test:Bread:html:oil', title: 'Oil' });
    const { queryClient } = await openedOn(anEntity(), yeast, oil);
    listed(anEntity({ draft_change_log_record_id: 13 }), { ...yeast, draft_change_log_record_id: 35 }, oil);
    await act(() => refreshReviews(queryClient));
    await within(card('Yeast')).findByText(/Someone edited this/);
    await user.click(within(card('Salt')).getByRole('button', { name: 'I have seen the new state' }));
    expect(within(card('Salt')).getByRole('button', { name: /Approve/ })).toBeEnabled();
    expect(within(card('Yeast')).queryByRole('button', { name: /Approve/ })).not.toBeInTheDocument();
    expect(screen.getByRole('checkbox', { name: 'Select the 2 shown' })).toBeVisible();
    expect(screen.getByRole('checkbox', { name: 'Select Salt' })).toBeInTheDocument();
  });

  it('is not in question any more once the change has been published', async () => {
    const { queryClient } = await openedOn(anEntity());
    listed(anEntity({ change: null, draft_change_log_record_id: null }));
    await act(() => refreshReviews(queryClient));
    expect(await within(card('Salt')).findByText(/nothing to publish/)).toBeVisible();
    expect(screen.queryByText(/Someone edited this/)).not.toBeInTheDocument();
  });

  it('is not offered for what was edited since the list was opened, before anything is sent', async () => {
    const { queryClient } = await openedOn(anEntity(), yeast);
    expect(screen.getAllByRole('checkbox', { name: /^Select (Salt|Yeast)$/ })).toHaveLength(2);
    listed(anEntity({ draft_change_log_record_id: 13 }), yeast);
    await act(() => refreshReviews(queryClient));
    expect(await within(card('Salt')).findByText(/Someone edited this/)).toBeVisible();
    expect(within(card('Salt')).queryByRole('button', { name: /Approve/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox', { name: 'Select Salt' })).not.toBeInTheDocument();
    expect(within(card('Yeast')).getByRole('button', { name: /Approve/ })).toBeEnabled();
  });

  it('remembers what was seen when another filter shows the item again', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    listed(anEntity({ draft_change_log_record_id: 13 }));
    await user.click(screen.getByRole('button', { name: /^All/ }));
    expect(await within(card('Salt')).findByText(/Someone edited this/)).toBeVisible();
  });

  it('says in the server’s words why not', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onPut(`${SALT}review/`).reply(403, { code: 'own_change', detail: 'It is your own.', details: {} });
    await user.click(screen.getByRole('button', { name: 'Approve: Salt' }));
    expect(await screen.findByText('It is your own.')).toBeVisible();
  });

  it('says so when there is no answer', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onPut(`${SALT}review/`).networkError();
    await user.click(screen.getByRole('button', { name: 'Approve: Salt' }));
    expect(await screen.findByText(/Studio did not answer/)).toBeVisible();
  });

  it('is not offered a second time; one’s own review can be withdrawn', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity({ is_reviewed: true, reviews: [aReview()] }));
    expect(screen.queryByRole('button', { name: /Approve/ })).not.toBeInTheDocument();
    studio.onDelete(`${SALT}review/`).reply(200, anEntity());
    await user.click(screen.getByRole('button', { name: 'Withdraw your review: Salt' }));
    expect(await screen.findByText('Review withdrawn: Salt')).toBeVisible();
  });

  it('stays withdrawable where withdrawing has failed, and says why', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity({ is_reviewed: true, reviews: [aReview()] }));
    studio.onDelete(`${SALT}review/`).reply(409, { code: 'busy', detail: 'It is being published.' });
    await user.click(screen.getByRole('button', { name: 'Withdraw your review: Salt' }));
    expect(await screen.findByText('It is being published.')).toBeVisible();
    expect(screen.queryByText('Review withdrawn: Salt')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Withdraw your review: Salt' })).toBeEnabled();
  });

  it('is offered for what somebody else has reviewed', async () => {
    await openedOn(anEntity({
      is_reviewed: true, reviews: [aReview({ reviewer: aPerson('otto', 'Otto') })],
    }));
    expect(screen.getByRole('button', { name: 'Approve: Salt' })).toBeEnabled();
    expect(screen.queryByRole('button', { name: /Withdraw/ })).not.toBeInTheDocument();
  });
});

describe('a selection', () => {
  const reviewed = (entity: Entity): Entity => ({ ...entity, is_reviewed: true, reviews: [aReview()] });

  it('is not offered of a single item', async () => {
    await openedOn(anEntity());
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });

  it('can be taken back, item by item and as a whole', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    const all = screen.getByRole('checkbox', { name: 'Select the 2 shown' });
    await user.click(all);
    expect(all).toBeChecked();
    await user.click(screen.getByRole('checkbox', { name: 'Select Salt' }));
    expect(all).toBePartiallyChecked();
    expect(screen.getByText('1 item selected')).toBeVisible();
    await user.click(all);
    expect(screen.getByText('2 items selected')).toBeVisible();
    await user.click(all);
    expect(screen.queryByRole('region', { name: 'Selection' })).not.toBeInTheDocument();
  });

  it('takes the note along', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    studio.onPost(`${LIBRARY}reviews/`).reply(200, { reviewed: 1 });
    await user.click(screen.getByRole('checkbox', { name: 'Select Salt' }));
    await user.click(screen.getByRole('button', { name: 'Add a note' }));
    await user.type(screen.getByRole('textbox', { name: /^Note/ }), 'Amounts checked');
    await user.click(screen.getByRole('button', { name: 'Approve 1' }));
    expect(await screen.findByText('1 item approved.')).toHaveFocus();
    expect(sent('post').map(([, body]) => body.note)).toEqual(['Amounts checked']);
  });

  it('loses what is edited meanwhile', async () => {
    const user = userEvent.setup();
    const { queryClient } = await openedOn(anEntity(), yeast, anEntity({ key: 'lb:Test:Bread:html:oil', title: 'Oil' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select the 3 shown' }));
    listed(anEntity({ draft_change_log_record_id: 13 }), yeast, anEntity({ key: 'lb:Test:Bread:html:oil', title: 'Oil' }));
    await act(() => refreshReviews(queryClient));
    expect(await screen.findByRole('button', { name: 'Approve 2' })).toBeVisible();
  });

  it('is not carried into another list', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    await user.click(screen.getByRole('checkbox', { name: 'Select the 2 shown' }));
    await user.click(screen.getByRole('button', { name: 'All (3)' }));
    expect(await screen.findByRole('checkbox', { name: 'Select Salt' })).not.toBeChecked();
    expect(screen.queryByRole('region', { name: 'Selection' })).not.toBeInTheDocument();
  });

  it('is marked where it is not, and withdrawn where it is', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), reviewed(yeast));
    await user.click(screen.getByRole('checkbox', { name: 'Select the 2 shown' }));
    expect(screen.getByRole('button', { name: 'Approve 1' })).toBeEnabled();
    expect(screen.getByRole('button', { name: 'Withdraw 1 review' })).toBeEnabled();
  });

  it('says in the server’s words why it could not be marked', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    studio.onPost(`${LIBRARY}reviews/`).reply(403, { code: 'permission_denied', detail: 'You may not review.' });
    await user.click(screen.getByRole('checkbox', { name: 'Select the 2 shown' }));
    await user.click(screen.getByRole('button', { name: 'Approve 2' }));
    expect(await screen.findByText('You may not review.')).toBeVisible();
    expect(screen.getByRole('checkbox', { name: 'Select the 2 shown' })).toBeChecked();
  });

  it('says all that stands in the way, and nothing beside it', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    studio.onPost(`${LIBRARY}reviews/`).reply(409, {
      code: 'not_all_reviewable',
      detail: 'Nothing was marked.',
      details: {
        items: [
          { key: yeast.key, code: 'own_change', detail: 'It is your own.' },
          { key: 'lb:Test:Bread:html:salt', code: 'not_found', detail: 'It is gone.' },
        ],
      },
    });
    await user.click(screen.getByRole('checkbox', { name: 'Select the 2 shown' }));
    await user.click(screen.getByRole('button', { name: 'Approve 2' }));
    expect(await screen.findByText(/Nothing was approved, because of 2 items/)).toBeVisible();
    expect(screen.getByText('It is your own.')).toBeVisible();
    expect(screen.getByText('It is gone.')).toBeVisible();
    expect(screen.queryByText('Nothing was marked.')).not.toBeInTheDocument();
  });

  it('says nothing of failures if all were withdrawn', async () => {
    const user = userEvent.setup();
    await openedOn(reviewed(anEntity()), reviewed(yeast));
    studio.onDelete().reply(200, anEntity());
    await user.click(screen.getByRole('checkbox', { name: 'Select the 2 shown' }));
    await user.click(screen.getByRole('button', { name: 'Withdraw 2 reviews' }));
    expect(await screen.findByText('2 reviews withdrawn.')).toHaveFocus();
    expect(studio.history.delete!.map(({ url }) => url)).toEqual([
      `${SALT}review/`, `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Ayeast/review/`,
    ]);
  });

  it('is marked as one', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    studio.onPost(`${LIBRARY}reviews/`).reply(200, { reviewed: 2 });
    await user.click(screen.getByRole('checkbox', { name: 'Select the 2 shown' }));
    await user.click(screen.getByRole('button', { name: 'Approve 2' }));
    expect(await screen.findByText('2 items approved.')).toHaveFocus();
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
    await user.click(screen.getByRole('button', { name: 'Approve 2' }));
    expect(await screen.findByText(/Nothing was approved, because of one item/)).toBeVisible();
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
      key: 'lb:Test:Bread:html:own', title: 'Own', may_review: mayNot('own_change'),
    });
    await openedOn(anEntity(), own, yeast);
    expect(screen.getByRole('checkbox', { name: 'Select the 2 shown' })).toBeInTheDocument();
    expect(screen.queryByRole('checkbox', { name: 'Select Own' })).not.toBeInTheDocument();
  });
});

describe('the list', () => {
  afterEach(() => { jest.useRealTimers(); });

  const queries = () => studio.history.get!.filter(({ url }) => url!.startsWith(`${LIBRARY}entities/`))
    .map(({ url }) => Object.fromEntries(new URL(url!).searchParams));

  it('shows first what nobody has reviewed, the newest change on top', async () => {
    await openedOn(anEntity());
    expect(queries()).toEqual([{
      state: 'unreviewed', order: '-changed', page: '1', page_size: '20',
    }]);
    expect(screen.getByRole('button', { name: 'Not reviewed (2)' })).toHaveAttribute('aria-pressed', 'true');
    ['Edited after review', 'Reviewed (1)', 'All (3)'].forEach((name) => (
      expect(screen.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'false')
    ));
  });

  it('can be filtered by state and type, and searched', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    await user.click(screen.getByRole('button', { name: 'Edited after review' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Type' }), 'Unit');
    await user.type(screen.getByRole('searchbox', { name: 'Search by title' }), ' sal ');
    await waitFor(() => expect(queries().at(-1)).toEqual({
      state: 'outdated', kind: 'unit', text: 'sal', order: '-changed', page: '1', page_size: '20',
    }));
    expect(queries().map(({ text }) => text)).not.toContain('s');
  });

  it('loads more, page after page', async () => {
    const user = userEvent.setup();
    const oil = anEntity({ key: 'lb:Test:Bread:html:oil', title: 'Oil' });
    studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(({ url }) => {
      const page = Number(new URL(url!).searchParams.get('page'));
      return [200, aPage([[anEntity(), yeast, oil][page - 1]!], { count: 3, num_pages: 3, current_page: page })];
    });
    renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
    expect(await screen.findByText('1 of 3 changes')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('heading', { name: 'Yeast' })).toBeVisible();
    expect(screen.getByText('2 of 3 changes')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('heading', { name: 'Oil' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
  });

  it('keeps what is there while a filter is applied, and says that it searches', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    expect(screen.getByText('1 of 1 change')).toBeVisible();
    studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(() => new Promise(() => {}));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Type' }), 'Unit');
    expect(await screen.findByText('Searching…')).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Salt' })).toBeVisible();
  });

  it('shows by itself, after a while, what others have done', async () => {
    jest.useFakeTimers();
    await openedOn(anEntity());
    listed(yeast);
    await act(() => jest.advanceTimersByTimeAsync(30_000));
    expect(await screen.findByRole('heading', { name: 'Yeast' })).toBeVisible();
  });

  it('stays as it was if it cannot be loaded anew, and says so', async () => {
    const { queryClient } = await openedOn(anEntity());
    studio.onGet(LIBRARY).reply(400);
    studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(400);
    await act(() => refreshReviews(queryClient));
    expect(await screen.findByText(/Something went wrong in Studio \(error 400\)/)).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Salt' })).toBeVisible();
  });

  it('says so when there is nothing', async () => {
    await openedOn();
    expect(await screen.findByText('All changes are reviewed.')).toBeVisible();
    expect(screen.queryByText(/^0 of/)).not.toBeInTheDocument();
  });

  it.each([
    ['outdated', 'No changes were edited after their review.'],
    ['reviewed', 'No changes are reviewed yet.'],
    ['all', 'There are no unpublished changes.'],
  ] as const)('says so when there is nothing of a kind: %s', async (state, sentence) => {
    setPanelState({ state });
    await openedOn();
    expect(await screen.findByText(sentence)).toBeVisible();
  });

  it.each([{ text: 'pepper' }, { kind: 'unit' }])('says so when nothing answers to the search for %j', async (search) => {
    setPanelState(search);
    await openedOn();
    expect(await screen.findByText('No changes match your search.')).toBeVisible();
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
  await user.click(await screen.findByRole('button', { name: 'Approve: Yeast' }));
  expect(await screen.findByText('Approved: Yeast')).toHaveFocus();
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

describe('the item that is selected in Studio', () => {
  const pathOf = (name: string) => `/library/lib:Test:Bread/components/lb:Test:Bread:html:${name}`;
  const asked = `${API}/entities/?key=lb%3ATest%3ABread%3Ahtml%3Ayeast`;
  const show = () => renderInStudio(
    <><Link to={pathOf('salt')}>Salt in Studio</Link><ReviewPanel libraryKey={LIBRARY_KEY} /></>,
    { at: pathOf('yeast') },
  );

  beforeEach(() => listed());
  afterEach(() => { jest.useRealTimers(); });

  it('is left out if the server does not know it', async () => {
    studio.onGet(asked).reply(200, { results: [], missing: [{ key: yeast.key, code: 'not_found' }] });
    show();
    expect(await screen.findByText('All changes are reviewed.')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Selected in Studio' })).not.toBeInTheDocument());
  });

  it('says so if it could not be loaded, and tries again', async () => {
    const user = userEvent.setup();
    studio.onGet(asked).reply(403);
    show();
    const selected = await screen.findByRole('region', { name: 'Selected in Studio' });
    expect(await within(selected).findByRole('alert')).toHaveTextContent('You have no access');
    studio.onGet(asked).reply(200, { results: [yeast], missing: [] });
    await user.click(within(selected).getByRole('button', { name: 'Try again' }));
    expect(await within(selected).findByRole('heading', { name: 'Yeast' })).toBeVisible();
  });

  it('shows by itself, after a while, what others have done', async () => {
    jest.useFakeTimers();
    studio.onGet(asked).reply(200, { results: [yeast], missing: [] });
    show();
    await screen.findByRole('heading', { name: 'Yeast' });
    studio.onGet(asked).reply(200, { results: [{ ...yeast, title: 'Dry yeast' }], missing: [] });
    await act(() => jest.advanceTimersByTimeAsync(30_000));
    expect(await screen.findByRole('heading', { name: 'Dry yeast' })).toBeVisible();
  });

  it('does not take a note along to the next one', async () => {
    const user = userEvent.setup();
    studio.onGet(asked).reply(200, { results: [yeast], missing: [] });
    const { queryClient } = show();
    queryClient.setQueryData(reviewsKeys.entities(['lb:Test:Bread:html:salt']), { results: [anEntity()], missing: [] });
    await user.click(await screen.findByRole('button', { name: 'Add a note: Yeast' }));
    await user.type(screen.getByRole('textbox', { name: /^Note/ }), 'Of the yeast');
    await user.click(screen.getByRole('link', { name: 'Salt in Studio' }));
    expect(await screen.findByRole('button', { name: 'Add a note: Salt' })).toBeVisible();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });
});

describe('what was refused', () => {
  const refusal = {
    libraryKey: LIBRARY_KEY, keys: ['lb:Test:Bread:html:salt'], unreviewedCount: 1, changeCount: 2, requestedCount: 0,
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
    expect(await screen.findByText('Nothing is blocking the publish any more.')).toBeVisible();
    expect(screen.queryByText(/^The first/)).not.toBeInTheDocument();
  });

  it.each([
    ['some are not', refusal, anEntity()],
    ['there are more than the server has named', { ...refusal, unreviewedCount: 3 }, anEntity({ is_reviewed: true })],
  ])('does not say so while %s', async (_, of, entity) => {
    asked(entity);
    openPanel(of);
    renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
    expect(await screen.findByRole('heading', { name: 'Salt' })).toBeVisible();
    expect(screen.queryByText(/Nothing is blocking/)).not.toBeInTheDocument();
  });

  it('says so when it could not be loaded, and tries again', async () => {
    const user = userEvent.setup();
    studio.onGet(`${API}/entities/?key=lb%3ATest%3ABread%3Ahtml%3Asalt`).reply(403);
    openPanel(refusal);
    renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
    expect(await screen.findByRole('alert')).toHaveTextContent('You have no access');
    asked(anEntity());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Salt' })).toBeVisible();
  });
});

describe('whether the library requires reviews', () => {
  const admin = { ...aLibrary().may, manage_policy: true };

  it('is said to everybody, and decided by those who may', async () => {
    studio.onGet(LIBRARY).reply(200, aLibrary({ review_required: false }));
    await openedOn(anEntity());
    expect(screen.getByText('Changes can be published in this library without a review.')).toBeVisible();
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

  it('says so if it could not be decided, and closes the question', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: admin }));
    studio.onPatch(LIBRARY).reply(403, { code: 'permission_denied', detail: 'You are no admin any more.' });
    await openedOn(anEntity());
    await user.click(screen.getByRole('switch'));
    await user.click(await screen.findByRole('button', { name: 'Do not require reviews' }));
    expect(await screen.findByText('You are no admin any more.')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.getByRole('switch')).toBeChecked();
  });

  it('cannot be decided twice at once', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: admin, review_required: false }));
    studio.onPatch(LIBRARY).reply(() => new Promise(() => {}));
    await openedOn(anEntity());
    await user.click(screen.getByRole('switch'));
    await waitFor(() => expect(screen.getByRole('switch')).toBeDisabled());
  });
});

describe('how many people have to review a change', () => {
  const admin = { ...aLibrary().may, manage_policy: true };
  const FIELD = 'Reviewers needed';

  it('is said to everybody if it is more than one', async () => {
    studio.onGet(LIBRARY).reply(200, aLibrary({ required_reviewers: 2 }));
    await openedOn(anEntity());
    expect(screen.getByText('Only changes approved by 2 reviewers can be published in this library.')).toBeVisible();
    expect(screen.queryByRole('spinbutton')).not.toBeInTheDocument();
  });

  it('is decided by those who may', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: admin }));
    await openedOn(anEntity());
    const decided = aLibrary({ may: admin, required_reviewers: 2, required_reviewers_by: 'policy' });
    studio.onPatch(LIBRARY).reply(() => {
      studio.onGet(LIBRARY).reply(200, decided);
      return [200, decided];
    });
    expect(screen.getByText('This is the site’s default.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
    await user.clear(screen.getByRole('spinbutton', { name: FIELD }));
    await user.keyboard('2{Enter}');
    expect(await screen.findByText(/changes approved by 2 reviewers/)).toBeVisible();
    expect(screen.getByRole('spinbutton', { name: FIELD })).toHaveValue(2);
    expect(screen.queryByText('This is the site’s default.')).not.toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'Use the site’s default' }));
    await waitFor(() => expect(sent('patch')).toEqual([
      [LIBRARY, { required_reviewers: 2 }], [LIBRARY, { required_reviewers: null }],
    ]));
  });

  it.each(['0', '21', '1.5', ''])('is not %j', async (text) => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: admin }));
    await openedOn(anEntity());
    await user.clear(screen.getByRole('spinbutton', { name: FIELD }));
    await user.keyboard(`${text}{Enter}`);
    expect(screen.getByText('Enter a whole number from 1 to 20.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
    expect(studio.history.patch).toHaveLength(0);
  });

  it('says so if it could not be decided', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: admin }));
    studio.onPatch(LIBRARY).reply(403, { code: 'permission_denied', detail: 'You are no admin any more.' });
    await openedOn(anEntity());
    await user.clear(screen.getByRole('spinbutton', { name: FIELD }));
    await user.keyboard('3');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('You are no admin any more.')).toBeVisible();
  });
});

describe('who may review', () => {
  const admin = { ...aLibrary().may, manage_policy: true };

  it('is decided by those who decide in the library', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: admin }));
    await openedOn(anEntity());
    const decided = aLibrary({ may: admin, who_may_review: 'not_last_editor', who_may_review_by: 'policy' });
    studio.onPatch(LIBRARY).reply(() => {
      studio.onGet(LIBRARY).reply(200, decided);
      return [200, decided];
    });
    const field = screen.getByRole('combobox', { name: 'Who may review' });
    expect(within(field).getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'People who did not change it', 'Anyone but the last editor', 'Anyone', 'Site default',
    ]);
    expect(field).toHaveDisplayValue('Site default');
    await user.selectOptions(field, 'Anyone but the last editor');
    await waitFor(() => expect(field).toHaveDisplayValue('Anyone but the last editor'));
    await user.selectOptions(field, 'Site default');
    await waitFor(() => expect(sent('patch')).toEqual([
      [LIBRARY, { who_may_review: 'not_last_editor' }], [LIBRARY, { who_may_review: null }],
    ]));
  });

  it('says so if it could not be decided', async () => {
    const user = userEvent.setup();
    studio.onGet(LIBRARY).reply(200, aLibrary({ may: admin }));
    studio.onPatch(LIBRARY).reply(403, { code: 'permission_denied', detail: 'You are no admin any more.' });
    await openedOn(anEntity());
    await user.selectOptions(screen.getByRole('combobox', { name: 'Who may review' }), 'Anyone');
    expect(await screen.findByRole('alert')).toHaveTextContent('You are no admin any more.');
    expect(screen.getByRole('combobox', { name: 'Who may review' })).toHaveDisplayValue('Site default');
  });

  it('is not offered to others', async () => {
    await openedOn(anEntity());
    expect(screen.queryByRole('combobox', { name: 'Who may review' })).not.toBeInTheDocument();
  });
});

describe('one’s own changes', () => {
  const mine = {
    unpublished: 7, unreviewed: 4, changes_requested: 2, outdated: 1,
  };
  const queries = () => studio.history.get!.filter(({ url }) => url!.startsWith(`${LIBRARY}entities/`))
    .map(({ url }) => Object.fromEntries(new URL(url!).searchParams));

  beforeEach(() => { studio.onGet(LIBRARY).reply(200, aLibrary({ mine })); });

  it('are shown to those who ask for them, with their states and how many there are', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity(), yeast);
    await user.click(screen.getByRole('checkbox', { name: 'Select the 2 shown' }));
    await user.click(screen.getByRole('button', { name: 'My changes (7)' }));
    expect(screen.getByRole('button', { name: 'My changes (7)' })).toHaveAttribute('aria-pressed', 'true');
    const states = within(screen.getByRole('group', { name: 'Show' })).getAllByRole('button');
    expect(states.map(({ textContent }) => textContent)).toEqual([
      'Not reviewed (4)', 'Changes requested (2)', 'Edited after review (1)', 'Reviewed (3)', 'All (7)',
    ]);
    expect(await screen.findByRole('checkbox', { name: 'Select Salt' })).not.toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Changes requested (2)' }));
    await waitFor(() => expect(queries().at(-1)).toEqual({
      state: 'changes_requested', mine: 'true', order: '-changed', page: '1', page_size: '20',
    }));
  });

  it('are not shown as those of everybody, nor the other way round, while they are loaded', async () => {
    const user = userEvent.setup();
    await openedOn(anEntity());
    studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(() => new Promise(() => {}));
    await user.click(screen.getByRole('button', { name: 'My changes (7)' }));
    expect(screen.queryByRole('heading', { name: 'Salt' })).not.toBeInTheDocument();
  });

  it.each([
    ['unreviewed', 'None of your changes need a review.'],
    ['changes_requested', 'No open change requests on your changes.'],
    ['outdated', 'None of your changes were edited after their review.'],
    ['reviewed', 'None of your changes are reviewed yet.'],
    ['all', 'You have no unpublished changes.'],
  ] as const)('say so if there are none: %s', async (state, sentence) => {
    setPanelState({ state, isMine: true });
    await openedOn();
    expect(await screen.findByText(sentence)).toBeVisible();
  });
});

it('shows what is asked for in anybody’s changes', async () => {
  studio.onGet(LIBRARY).reply(200, aLibrary({ counts: { ...aLibrary().counts, changes_requested: 1 } }));
  setPanelState({ state: 'changes_requested' });
  await openedOn();
  expect(await screen.findByText('No open change requests.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Changes requested (1)' })).toHaveAttribute('aria-pressed', 'true');
});

it('makes room for itself beside the page, as long as it is there', async () => {
  const { unmount } = await openedOn(anEntity());
  expect(document.body).toHaveClass('sample-plugin-reviews-open');
  unmount();
  expect(document.body).not.toHaveClass('sample-plugin-reviews-open');
});

it('offers to publish to those who may', async () => {
  studio.onGet(LIBRARY).reply(200, aLibrary({ may: { ...aLibrary().may, publish_reviewed: false } }));
  const { queryClient } = await openedOn(anEntity());
  expect(screen.queryByRole('button', { name: /^Publish/ })).not.toBeInTheDocument();
  expect(screen.queryByText(/not give any/)).not.toBeInTheDocument();
  studio.onGet(LIBRARY).reply(200, aLibrary());
  await act(() => refreshReviews(queryClient));
  expect(await screen.findByRole('button', { name: 'Publish reviewed items (1)' })).toBeEnabled();
});
