/** What reviewers ask for: to ask, to take it back, to dismiss it; and what everybody reads of it. */
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Entity } from '../data/api';
import { refreshReviews } from '../data/apiHooks';
import { INITIAL_STATE, seenRecords, setPanelState } from '../panelState';
import {
  aLibrary, anEntity, aPage, aPerson, aRequest, aReview, LIBRARY_KEY, mayNot,
} from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { ReviewPanel } from './ReviewPanel';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const SALT = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/`;

const otto = aPerson('otto', 'Otto');
const manager = { ...aLibrary().may, manage_policy: true };
const own = { may_review: mayNot('own_change'), is_own_change: true };

let studio: MockAdapter;

const listed = (...entities: Entity[]) => (
  studio.onGet(new RegExp(`^${LIBRARY}entities/`)).reply(200, aPage(entities))
);
const opened = async (change: Partial<Entity> = {}) => {
  listed(anEntity(change));
  const shown = renderInStudio(<ReviewPanel libraryKey={LIBRARY_KEY} />);
  await screen.findByRole('heading', { name: 'Salt' });
  return shown;
};
const card = () => screen.getAllByRole('listitem').find((item) => within(item).queryByRole('heading', { name: 'Salt' }))!;
const put = () => studio.history.put!.map(({ data }) => JSON.parse(data));

beforeEach(() => {
  seenRecords.clear();
  setPanelState(INITIAL_STATE);
  studio = mockStudio('rita');
  studio.onGet(LIBRARY).reply(200, aLibrary());
});

describe('the state of a change', () => {
  it.each([
    ['Changes requested', { requests: [aRequest()] }],
    // Whoever has reviewed it, and whatever was edited before.
    ['Changes requested', {
      requests: [aRequest()], reviews: [aReview()], reviewer_count: 1, is_outdated: true,
    }],
    ['1 of 2 reviews', { required_reviewers: 2, reviewer_count: 1, reviews: [aReview()] }],
    ['Not reviewed', { required_reviewers: 2 }],
    ['Reviewed', {
      required_reviewers: 2,
      reviewer_count: 2,
      is_reviewed: true,
      reviews: [aReview(), aReview({ id: 2, reviewer: otto })],
    }],
    ['Edited after review', { is_outdated: true, required_reviewers: 2 }],
  ] as [string, Partial<Entity>][])('is %s', async (name, change) => {
    await opened(change);
    expect([...card().querySelectorAll('.badge')].map(({ textContent }) => textContent)).toEqual([name]);
  });

  it('is none where nothing of its own has changed', async () => {
    await opened({ change: 'contents', requests: [aRequest()] });
    expect(card().querySelector('.badge')).toBeNull();
  });
});

describe('a request for changes', () => {
  it('takes a note, and names the change that was seen', async () => {
    const user = userEvent.setup();
    await opened();
    studio.onPut(`${SALT}review/`).reply(() => {
      listed(anEntity({ requests: [aRequest({ reviewer: aPerson('rita', 'Rita') })] }));
      return [200, anEntity()];
    });
    const ask = screen.getByRole('button', { name: 'Request changes: Salt' });
    expect(ask).toHaveAttribute('aria-expanded', 'false');
    await user.click(ask);
    expect(ask).toHaveAttribute('aria-expanded', 'true');
    const field = screen.getByRole('textbox', { name: 'What should be changed?' });
    expect(field).toHaveFocus();
    await user.type(field, ' Name the amount. ');
    await user.click(screen.getByRole('button', { name: 'Send request: Salt' }));
    expect(await screen.findByText('Changes requested: Salt')).toHaveFocus();
    expect(put()).toEqual([
      { draft_change_log_record_id: 12, verdict: 'changes_requested', note: 'Name the amount.' },
    ]);
    expect(screen.queryByRole('textbox', { name: /What should/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Request changes: Salt' })).not.toBeInTheDocument();
  });

  it('is not sent without a note, and says why', async () => {
    const user = userEvent.setup();
    await opened();
    await user.click(screen.getByRole('button', { name: 'Request changes: Salt' }));
    expect(screen.queryByText('Say what should be changed.')).not.toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: 'What should be changed?' }), '  ');
    await user.click(screen.getByRole('button', { name: 'Send request: Salt' }));
    expect(screen.getByText('Say what should be changed.')).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'What should be changed?' })).toHaveFocus();
    expect(studio.history.put).toHaveLength(0);
    await user.keyboard('Name it.');
    expect(screen.queryByText('Say what should be changed.')).not.toBeInTheDocument();
  });

  it('stays written if it could not be sent, and says why', async () => {
    const user = userEvent.setup();
    await opened();
    studio.onPut(`${SALT}review/`).reply(403, { code: 'own_change', detail: 'It is your own.', details: {} });
    await user.click(screen.getByRole('button', { name: 'Request changes: Salt' }));
    await user.keyboard('Name it.');
    await user.click(screen.getByRole('button', { name: 'Send request: Salt' }));
    expect(await screen.findByText('It is your own.')).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'What should be changed?' })).toHaveValue('Name it.');
  });

  it('is not about an edit that nobody saw, and stays written', async () => {
    const user = userEvent.setup();
    const { queryClient } = await opened();
    await user.click(screen.getByRole('button', { name: 'Request changes: Salt' }));
    await user.keyboard('Name it.');
    listed(anEntity({ draft_change_log_record_id: 13 }));
    await act(() => refreshReviews(queryClient));
    await user.click(await screen.findByRole('button', { name: 'I have seen the new state' }));
    expect(screen.getByRole('textbox', { name: 'What should be changed?' })).toHaveValue('Name it.');
    studio.onPut(`${SALT}review/`).reply(200, anEntity());
    await user.click(screen.getByRole('button', { name: 'Send request: Salt' }));
    await screen.findByText('Changes requested: Salt');
    expect(put()[0].draft_change_log_record_id).toBe(13);
  });

  it('is not offered to those who may not review', async () => {
    await opened(own);
    expect(screen.queryByRole('button', { name: /Request changes/ })).not.toBeInTheDocument();
  });

  it('is offered to those who have reviewed it, who may withdraw that, too', async () => {
    const user = userEvent.setup();
    // A save that changed nothing came after it: there is no other change that they would have to look at.
    seenRecords.set('lb:Test:Bread:html:salt', 11);
    await opened({ is_reviewed: true, reviews: [aReview({ is_carried_over: true })] });
    expect(screen.getByRole('button', { name: 'Withdraw your review: Salt' })).toBeEnabled();
    expect(screen.queryByText(/Someone edited this/)).not.toBeInTheDocument();
    studio.onPut(`${SALT}review/`).reply(200, anEntity());
    await user.click(screen.getByRole('button', { name: 'Request changes: Salt' }));
    await user.keyboard('Name it.');
    await user.click(screen.getByRole('button', { name: 'Send request: Salt' }));
    await screen.findByText('Changes requested: Salt');
    expect(put()[0].draft_change_log_record_id).toBe(12);
  });

  it('says who asks since when, and for what, also to the author', async () => {
    await opened({
      ...own,
      requests: [aRequest(), aRequest({
        id: 6, reviewer: null, is_carried_over: true, note: 'B',
      })],
    });
    const items = within(screen.getByRole('list', { name: 'Changes requested' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent(/^Changes requested by Otto, .* ago ?Name the amount\.$/);
    expect(items[1]).toHaveTextContent(/^Changes requested by a deleted account; saved again without/);
    expect(within(card()).queryByRole('button', { name: /Dismiss|Take back/ })).not.toBeInTheDocument();
  });

  it('is said to have come before the latest edit, if it has', async () => {
    await opened({ outdated_requests: [aRequest()] });
    expect(card()).toHaveTextContent(/Requested on an earlier version: ?Changes requested by Otto, .* ago ?Name the amount/);
    expect(screen.queryByRole('list', { name: 'Changes requested' })).not.toBeInTheDocument();
    expect(card().querySelector('.badge')).toHaveTextContent('Not reviewed');
  });

  it('is taken back by who made it, or replaced by a review', async () => {
    const user = userEvent.setup();
    await opened({ requests: [aRequest({ reviewer: aPerson('rita', 'Rita') })] });
    expect(screen.getByRole('button', { name: 'Approve: Salt' })).toBeEnabled();
    expect(screen.queryByRole('button', { name: /Request changes/ })).not.toBeInTheDocument();
    studio.onDelete(`${SALT}review/`).reply(200, anEntity());
    await user.click(screen.getByRole('button', { name: 'Withdraw request: Salt' }));
    expect(await screen.findByText('Request withdrawn: Salt')).toBeVisible();
    expect(studio.history.delete).toHaveLength(1);
  });
});

describe('a dismissal', () => {
  const DISMISSAL = `${SALT}reviews/5/dismissal/`;

  beforeEach(() => { studio.onGet(LIBRARY).reply(200, aLibrary({ may: manager })); });

  it('takes a reason', async () => {
    const user = userEvent.setup();
    await opened({ ...own, requests: [aRequest()] });
    studio.onPost(DISMISSAL).reply(() => {
      listed(anEntity(own));
      return [200, anEntity()];
    });
    const dismiss = screen.getByRole('button', { name: 'Dismiss Otto’s request: Salt' });
    expect(dismiss).toHaveAttribute('aria-expanded', 'false');
    await user.click(dismiss);
    await user.click(screen.getByRole('button', { name: 'Confirm: dismiss Otto’s request: Salt' }));
    expect(screen.getByText('Say why it is dismissed.')).toBeVisible();
    expect(studio.history.post).toHaveLength(0);
    await user.keyboard('It is named below.');
    await user.click(screen.getByRole('button', { name: 'Confirm: dismiss Otto’s request: Salt' }));
    expect(await screen.findByText('Request dismissed: Salt')).toHaveFocus();
    expect(studio.history.post!.map(({ data }) => JSON.parse(data))).toEqual([{ reason: 'It is named below.' }]);
  });

  it('says why it was refused', async () => {
    const user = userEvent.setup();
    await opened({ requests: [aRequest()] });
    studio.onPost(DISMISSAL).reply(404, { code: 'no_request', detail: 'There is no such request.', details: {} });
    await user.click(screen.getByRole('button', { name: 'Dismiss Otto’s request: Salt' }));
    await user.keyboard('Why not.{Tab}{Enter}');
    expect(await screen.findByText('There is no such request.')).toBeVisible();
  });

  it('is not offered of one’s own request', async () => {
    await opened({ requests: [aRequest({ reviewer: aPerson('rita', 'Rita') })] });
    expect(screen.queryByRole('button', { name: /Dismiss/ })).not.toBeInTheDocument();
  });
});

it('says of a reviewer who could not review any more, and counts what they said', async () => {
  const user = userEvent.setup();
  await opened({
    is_reviewed: true,
    reviews: [aReview({ reviewer: aPerson('eve', 'Eve', { is_active: false }), reviewer_may_review: false })],
    requests: [aRequest({ reviewer_may_review: false })],
  });
  expect(screen.getByText(/Reviewed by Eve \(account deactivated\),/)).toBeVisible();
  expect(screen.getByText(/Changes requested by Otto \(no longer a reviewer here\),/)).toBeVisible();
  studio.onGet(`${SALT}reviews/?page_size=100`).reply(200, {
    count: 2, results: [aReview({ reviewer_may_review: false }), aReview({ id: 2, reviewer_may_review: null })],
  });
  await user.click(screen.getByRole('button', { name: 'History of Salt' }));
  expect(await screen.findByText(/Reviewed by Rita \(no longer a reviewer here\),/)).toBeVisible();
  expect(screen.getByText(/Reviewed by Rita,/)).toBeVisible();
});

it('keeps verdicts and dismissals in the history, with the reason', async () => {
  const user = userEvent.setup();
  await opened();
  studio.onGet(`${SALT}reviews/?page_size=100`).reply(200, {
    count: 2,
    results: [
      aRequest({
        in_force: false,
        withdrawn_at: '2026-01-04T00:00:00Z',
        withdrawn_by: aPerson('ada', 'Ada'),
        withdrawn_reason: 'It is named below.',
      }),
      aRequest({
        id: 6, in_force: false, withdrawn_at: '2026-01-04T00:00:00Z', withdrawn_by: otto,
      }),
    ],
  });
  await user.click(screen.getByRole('button', { name: 'History of Salt' }));
  expect(await screen.findByText(/dismissed by Ada/)).toHaveTextContent(/dismissed by Ada, .* ago: ?It is named below\.$/);
  const lines = within(card()).getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(lines[0]).toMatch(/^Changes requested by Otto, .* ago · version 2Name the amount\.dismissed/);
  expect(lines[1]).toMatch(/^Changes requested by Otto, .* ago · version 2 · withdrawn by Otto, .* agoName the amount\.$/);
});
