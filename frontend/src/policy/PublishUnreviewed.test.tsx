import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Library } from '../data/api';
import type { PublishedUnreviewed } from '../data/policy';
import { reviewsKeys } from '../data/library';
import { aLibrary } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { PublishUnreviewed } from './PublishUnreviewed';

const PUBLISH = `${API}/libraries/lib%3ATest%3ABread/publish-unreviewed/`;
const ADMIN = { may: { ...aLibrary().may, manage_policy: true } };
const SALT = {
  key: 'lb:Test:Bread:html:salt', title: 'Salt', change: 'edited' as const, is_unreviewed: true,
};
const YEAST = {
  key: 'lb:Test:Bread:html:yeast', title: 'Yeast', change: 'new' as const, is_unreviewed: false,
};

let studio: MockAdapter;

const aPublish = (change: Partial<PublishedUnreviewed> = {}): PublishedUnreviewed => ({
  dry_run: true, publish_log_id: null, published_count: 2, unreviewed_count: 1, published: [SALT, YEAST], ...change,
});
const preview = (change: Partial<PublishedUnreviewed> = {}) => (
  studio.onPost(PUBLISH, { dry_run: true }).reply(200, aPublish(change))
);
const sent = () => studio.history.post!.map(({ data }) => JSON.parse(data)).filter((body) => !body.dry_run);
const button = () => screen.queryByRole('button', { name: 'Publish without review…' });
const confirm = () => screen.findByRole('button', { name: 'Publish 2 changes, 1 of them not reviewed' });
const reason = () => screen.getByRole('textbox', { name: 'Reason' });

const openDialog = async () => {
  const user = userEvent.setup();
  const shown = renderInStudio(<PublishUnreviewed library={aLibrary(ADMIN)} />);
  await user.click(button()!);
  return { ...shown, user, dialog: await screen.findByRole('dialog', { name: 'Publish without review' }) };
};

beforeEach(() => {
  window.sessionStorage.clear();
  studio = mockStudio();
});

const counts = (change: Partial<Library['counts']>) => ({ counts: { ...aLibrary().counts, ...change } });

it.each([
  [true, ADMIN],
  [true, { ...ADMIN, ...counts({ unreviewed: 0, skipped: 1 }) }],
  [false, {}],
  [false, { may: { ...ADMIN.may, publish_reviewed: false } }],
  [false, { ...ADMIN, mode: 'advisory' }],
  [false, { ...ADMIN, ...counts({ unreviewed: 0 }) }],
] as [boolean, Partial<Library>][])('is offered, %s, with %j', (isOffered, library) => {
  renderInStudio(<PublishUnreviewed library={aLibrary(library)} />);
  expect(button() !== null).toBe(isOffered);
});

it('lists what goes live unreviewed, takes a reason, and publishes once', async () => {
  preview({ published_count: 2 });
  studio.onPost(PUBLISH, { reason: 'The exam is today' }).reply(200, aPublish({ dry_run: false, publish_log_id: 12 }));
  const { dialog, user, queryClient } = await openDialog();
  await confirm();
  expect(within(dialog).getByText('1 change will go live without a review')).toBeVisible();
  expect(within(dialog).getByText('Salt (edited)')).toBeVisible();
  expect(within(dialog).queryByText(/Yeast/)).not.toBeInTheDocument();
  expect(within(dialog).getByText('1 reviewed change goes live with it.')).toBeVisible();

  await user.click(await confirm());
  expect(reason()).toHaveFocus();
  expect(within(dialog).getByText('Say why this is published without a review.')).toBeVisible();
  expect(sent()).toEqual([]);

  await user.type(reason(), ' The exam is today ');
  const stale = jest.spyOn(queryClient, 'invalidateQueries');
  await user.click(await confirm());
  const sentence = await within(dialog).findByText('2 changes are live now, 1 of them not reviewed. This is on record as publish 12.');
  expect(sentence.closest('[tabindex]')).toHaveFocus();
  expect(sent()).toEqual([{ reason: 'The exam is today' }]);
  expect(within(dialog).queryByRole('button', { name: /^Publish/ })).not.toBeInTheDocument();
  expect(stale).toHaveBeenCalledWith({ queryKey: reviewsKeys.all });
  expect(stale.mock.calls.some(([filter]) => filter!.predicate?.({ queryKey: ['contentLibrary'], state: { dataUpdatedAt: 1 } } as any))).toBe(true);
  // The next one needs a reason of its own.
  await user.click(within(dialog).getAllByRole('button', { name: 'Close' })[1]!);
  await user.click(button()!);
  await confirm();
  expect(reason()).toHaveValue('');
});

it('asks again if anything has changed since, also if only a review was withdrawn', async () => {
  preview();
  const { dialog, user } = await openDialog();
  await user.type(await screen.findByRole('textbox', { name: 'Reason' }), 'The exam is today');
  studio.resetHandlers();
  preview({ unreviewed_count: 2, published: [SALT, { ...YEAST, is_unreviewed: true }] });
  await user.click(await confirm());
  expect(await within(dialog).findByText(/^Nothing was published yet: this has changed/)).toBeVisible();
  expect(within(dialog).getByText('Yeast (new)')).toBeVisible();
  expect(sent()).toEqual([]);
  expect(reason()).toHaveValue('The exam is today');

  studio.onPost(PUBLISH, { reason: 'The exam is today' }).reply(200, aPublish({ dry_run: false, unreviewed_count: 2, publish_log_id: 12 }));
  await user.click(within(dialog).getByRole('button', { name: 'Publish 2 changes, 2 of them not reviewed' }));
  expect(await within(dialog).findByText(/are live now/)).toBeVisible();
});

it.each([
  [409, { code: 'freeze', detail: 'Exams are on: nothing goes live.', details: {} }, 'Exams are on: nothing goes live.'],
  [400, { code: 'invalid', detail: 'No.', details: { reason: ['No control characters, please.'] } }, 'No control characters, please.'],
])('says why it was refused (%d), and keeps the reason, also over a reload', async (status, body, sentence) => {
  preview();
  studio.onPost(PUBLISH, { reason: 'Now' }).reply(status, body);
  const { user, unmount } = await openDialog();
  await user.type(await screen.findByRole('textbox', { name: 'Reason' }), 'Now');
  await user.click(await confirm());
  expect(await screen.findByText(sentence)).toBeVisible();
  expect(reason()).toHaveValue('Now');
  unmount();
  await openDialog();
  await confirm();
  expect(reason()).toHaveValue('Now');
});

it('names the first of many, and counts the rest', async () => {
  preview({ published_count: 1_005, unreviewed_count: 1_001 });
  const { dialog } = await openDialog();
  expect(await within(dialog).findByText('1,001 changes will go live without a review')).toBeVisible();
  expect(within(dialog).getByText('And 1,000 more.')).toBeVisible();
  expect(within(dialog).getByText('4 reviewed changes go live with them.')).toBeVisible();
});

it('says so when there is nothing to publish, or nothing could be loaded', async () => {
  studio.onPost(PUBLISH, { dry_run: true }).replyOnce(403, { code: 'permission_denied', detail: 'You may not.' });
  const { dialog, user } = await openDialog();
  expect(await within(dialog).findByText('You may not.')).toBeVisible();
  preview({ published_count: 0, unreviewed_count: 0, published: [] });
  await user.click(within(dialog).getByRole('button', { name: 'Try again' }));
  expect(await within(dialog).findByText('There are no unpublished changes now.')).toBeVisible();
  expect(within(dialog).queryByRole('button', { name: /^Publish/ })).not.toBeInTheDocument();
  await user.click(within(dialog).getAllByRole('button', { name: 'Close' })[1]!);
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});
