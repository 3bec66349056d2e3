import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Library } from '../data/api';
import { useLibrary } from '../data/library';
import type { PolicyChange } from '../data/policy';
import { aLibrary, aPerson, LIBRARY_KEY } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { ReviewPolicy } from './ReviewPolicy';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const HISTORY = `${LIBRARY}policy-history/?page_size=100`;
const ADMIN = { may: { ...aLibrary().may, manage_policy: true } };
const NO_ADMIN = { code: 'permission_denied', detail: 'You are no admin any more.' };

let studio: MockAdapter;

const Policy = () => {
  const { data: library } = useLibrary(LIBRARY_KEY);
  return library ? <ReviewPolicy library={library} /> : null;
};

const openedOn = async (library: Partial<Library>) => {
  studio.onGet(LIBRARY).reply(200, aLibrary(library));
  const shown = renderInStudio(<Policy />);
  await screen.findByText(/can be published in this library|Review before publishing/);
  return { ...shown, user: userEvent.setup() };
};
/** The server decides as it is asked to, and says so from then on. */
const decides = (change: Partial<Library>) => studio.onPatch(LIBRARY).reply(() => {
  studio.onGet(LIBRARY).reply(200, aLibrary({ ...ADMIN, ...change }));
  return [200, aLibrary({ ...ADMIN, ...change })];
});
const sent = () => studio.history.patch!.map(({ data }) => JSON.parse(data));
const radio = (name: string) => screen.getByRole('radio', { name });
const number = () => screen.getByRole('spinbutton', { name: 'Reviewers needed' });
const rule = () => screen.getByRole('combobox', { name: 'Who may review' });
const starts = () => screen.getByRole('combobox', { name: 'A change waits for a review' });
const reason = () => screen.getByRole('textbox', { name: /^Reason/ });
const save = () => screen.getByRole('button', { name: 'Save' });
const question = () => screen.findByRole('dialog', { name: 'Publish without reviews?' });

const aChange = (change: Partial<PolicyChange> = {}): PolicyChange => ({
  id: 1,
  field: 'mode',
  old_value: null,
  new_value: 'off',
  old_in_force: 'required',
  new_in_force: 'off',
  reason: '',
  changed_by: aPerson('ada', 'Ada'),
  changed_at: '2026-01-02T03:04:05Z',
  ended_open_period: null,
  ...change,
});
const closed = {
  since: '2026-01-02T03:00:00Z', until: '2026-01-05T04:00:00Z', publish_count: 2, change_count: 5, unreviewed_count: 3,
};
const history = (results: PolicyChange[], count = results.length) => (
  studio.onGet(HISTORY).reply(200, { count, results })
);

beforeEach(() => {
  window.sessionStorage.clear();
  studio = mockStudio();
  history([]);
});

it.each([
  [{}, 'Only reviewed changes can be published in this library.'],
  [{ required_reviewers: 2 }, 'Only changes approved by 2 reviewers can be published in this library.'],
  [{ mode: 'advisory' }, 'Unreviewed changes can be published in this library, and it is put on record.'],
  [{ mode: 'off' }, 'Changes can be published in this library without a review.'],
] as [Partial<Library>, string][])('says to everybody what holds, and lets only those decide who may: %j', async (library, sentence) => {
  await openedOn(library);
  expect(screen.getByText(sentence)).toBeVisible();
  ['radio', 'spinbutton', 'combobox', 'button'].forEach((role) => (
    expect(screen.queryByRole(role)).not.toBeInTheDocument()
  ));
  expect(studio.history.get!.map(({ url }) => url)).not.toContain(HISTORY);
});

describe('the mode', () => {
  it('is one of three, each with what it means', async () => {
    await openedOn(ADMIN);
    expect(screen.getAllByRole('radio').map((each) => (each as HTMLInputElement).value)).toEqual([
      'required', 'advisory', 'off',
    ]);
    expect(radio('Required')).toBeChecked();
    expect(radio('Required')).toHaveAccessibleDescription('Only reviewed changes can be published.');
    expect(radio('Advisory')).toHaveAccessibleDescription(/^Unreviewed changes can be published\./);
    expect(radio('Off')).toHaveAccessibleDescription(/^Changes can be published without a review\./);
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
  });

  it.each([
    ['Off', /Publishers are not told/, 'Switch reviews off', 'off'],
    ['Advisory', /Publishers are told afterwards/, 'Switch to advisory', 'advisory'],
  ] as const)('%s takes a reason, and is asked about', async (name, means, confirm, mode) => {
    const { user } = await openedOn(ADMIN);
    await user.click(radio(name));
    await user.click(save());
    expect(reason()).toHaveFocus();
    expect(screen.getByText('Say why the rule gets weaker. The reason is put on record.')).toBeVisible();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();

    await user.type(reason(), 'The exam is today');
    await user.click(save());
    expect(within(await question()).getByText(/^Anyone who can publish in “Bread”/)).toHaveTextContent(means);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(sent()).toEqual([]);

    decides({ mode, review_required: false, required_by: 'policy' });
    await user.click(save());
    await user.click(await screen.findByRole('button', { name: confirm }));
    const saved = await screen.findByText('Saved. The settings apply from now on.');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(saved).toHaveAttribute('role', 'status');
    expect(radio(name)).toBeChecked();
    expect(sent()).toEqual([{ mode, reason: 'The exam is today' }]);
    // It is on record, and is not offered for the next change.
    await user.click(radio('Required'));
    expect(reason()).toHaveValue('');
  });

  it('is required again at once, without a reason', async () => {
    const { user } = await openedOn({ ...ADMIN, mode: 'off', required_by: 'policy' });
    decides({ mode: 'required', required_by: 'policy' });
    await user.click(radio('Required'));
    await user.click(save());
    expect(await screen.findByText(/^Saved/)).toHaveFocus();
    expect(sent()).toEqual([{ mode: 'required', reason: '' }]);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('stays as it was chosen where that was refused, with the reason that was typed, also over a reload', async () => {
    const { user, unmount } = await openedOn(ADMIN);
    studio.onPatch(LIBRARY).reply(403, NO_ADMIN);
    await user.click(radio('Off'));
    await user.type(reason(), 'The exam is today');
    await user.click(save());
    await user.click(await screen.findByRole('button', { name: 'Switch reviews off' }));
    expect(await screen.findByText(NO_ADMIN.detail)).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(radio('Off')).toBeChecked();
    expect(reason()).toHaveValue('The exam is today');
    unmount();
    await openedOn(ADMIN);
    await user.click(radio('Off'));
    expect(reason()).toHaveValue('The exam is today');
    await user.click(screen.getByRole('button', { name: 'Undo changes' }));
    expect(radio('Required')).toBeChecked();
  });
});

describe('how many reviewers are needed', () => {
  it('is saved once it is another number, and can be the default again', async () => {
    const { user } = await openedOn({ ...ADMIN, required_by: 'policy' });
    expect(screen.getByText('This is the site’s default.')).toBeVisible();

    decides({ required_by: 'policy', required_reviewers: 2, required_reviewers_by: 'policy' });
    await user.clear(number());
    await user.keyboard('2');
    await user.click(save());
    await screen.findByText(/^Saved/);
    expect(number()).toHaveValue(2);
    expect(screen.queryByText('This is the site’s default.')).not.toBeInTheDocument();

    decides({ required_by: 'policy' });
    await user.click(screen.getByRole('button', { name: 'Use the site’s default' }));
    await user.click(save());
    await screen.findByText(/^Saved/);
    expect(number()).toHaveValue(1);
    expect(sent()).toEqual([
      { required_reviewers: 2, reason: '' }, { required_reviewers: null, reason: '' },
    ]);
  });

  it.each(['0', '21', '1.5', ''])('is not %j', async (text) => {
    const { user } = await openedOn(ADMIN);
    await user.clear(number());
    await user.keyboard(`${text}{Enter}`);
    expect(screen.getByText('Enter a whole number from 1 to 20.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
    expect(sent()).toEqual([]);
  });

  it('takes a reason where they get fewer, and asks nothing', async () => {
    const { user } = await openedOn({ ...ADMIN, required_reviewers: 2, required_reviewers_by: 'policy' });
    decides({});
    await user.clear(number());
    await user.keyboard('1{Enter}');
    expect(reason()).toBeRequired();
    expect(reason()).toHaveFocus();
    await user.keyboard('A small team');
    await user.click(save());
    await screen.findByText(/^Saved/);
    expect(sent()).toEqual([{ required_reviewers: 1, reason: 'A small team' }]);
  });

  it('takes a reason where only the server knows that they get fewer, and says so in its words', async () => {
    const { user } = await openedOn({ ...ADMIN, required_reviewers: 2, required_reviewers_by: 'policy' });
    studio.onPatch(LIBRARY).reply(400, { code: 'invalid', detail: 'No.', details: { reason: ['Say why, please.'] } });
    await user.click(screen.getByRole('button', { name: 'Use the site’s default' }));
    expect(reason()).not.toBeRequired();
    await user.click(save());
    expect(await screen.findByText('Say why, please.')).toBeVisible();
    expect(screen.queryByText('No.')).not.toBeInTheDocument();
    expect(reason()).toHaveFocus();
  });
});

describe('who may review, and when a change waits for that', () => {
  it('is chosen, and can be the default again, which is named', async () => {
    const { user } = await openedOn(ADMIN);
    expect(within(rule()).getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'People who did not change it', 'Anyone but the last editor', 'Anyone', 'Site default',
    ]);
    expect(rule()).toHaveDisplayValue('Site default');
    // Paragon puts the label in the place of an empty value.
    expect(rule()).not.toHaveValue('');
    expect(screen.getAllByText('People who did not change it')).toHaveLength(2);

    decides({ who_may_review: 'not_last_editor', who_may_review_by: 'policy' });
    await user.selectOptions(rule(), 'Anyone but the last editor');
    expect(reason()).toBeRequired();
    await user.type(reason(), 'A small team');
    await user.click(save());
    await screen.findByText(/^Saved/);
    expect(rule()).toHaveDisplayValue('Anyone but the last editor');

    decides({ review_starts: 'when_asked', review_starts_by: 'policy' });
    await user.selectOptions(rule(), 'Site default');
    expect(starts()).toHaveDisplayValue('Site default');
    await user.selectOptions(starts(), 'When an author asks');
    expect(reason()).not.toBeRequired();
    await user.click(save());
    await screen.findByText(/^Saved/);
    expect(starts()).toHaveDisplayValue('When an author asks');
    expect(sent()).toEqual([
      { who_may_review: 'not_last_editor', reason: 'A small team' },
      { who_may_review: null, review_starts: 'when_asked', reason: '' },
    ]);
  });
});

describe('the history', () => {
  it('lists who changed what, when and why', async () => {
    history([
      aChange({
        id: 3, field: 'required_reviewers', old_value: '2', new_value: null, old_in_force: '2', new_in_force: '1', reason: 'A small team',
      }),
      aChange({
        id: 2, field: 'who_may_review', new_value: 'anybody', old_in_force: null, changed_by: null,
      }),
      aChange({ id: 1 }),
    ], 5);
    const { user } = await openedOn(ADMIN);
    const summary = await screen.findByText('History of these settings (5)');
    expect(screen.getByText('A small team')).not.toBeVisible();
    await user.click(summary);
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Reviewers needed: 2 → 1 \(site default\) · Ada, .*A small team$/),
      expect.stringMatching(/^Who may review: \? \(site default\) → Anyone · a script or a deleted account, /),
      expect.stringMatching(/^Review before publishing: Required \(site default\) → Off · Ada, /),
    ]);
    expect(screen.getByText('And 2 older ones.')).toBeVisible();
  });

  it.each([
    [{}, /^Reviews were not required for 3 days, from Jan 2, 2026, .* to Jan 5, 2026, .*\. 5 changes went live in 2 publishes, 3 of them not reviewed\.$/],
    [{ unreviewed_count: 0 }, / in 2 publishes, all of them reviewed\.$/],
    [{ since: null }, /^Reviews were not required until Jan 5, 2026, /],
    [{ since: closed.until }, /^Reviews were not required for 1 minute, /],
    [{ publish_count: 0, change_count: 0, unreviewed_count: 0 }, /Nothing was published meanwhile\.$/],
  ])('says what went live while reviews were not required: %j', async (period, sentence) => {
    history([aChange({ id: 2 }), aChange({ ended_open_period: { ...closed, ...period } })]);
    await openedOn(ADMIN);
    expect(await screen.findByText(sentence)).toBeVisible();
  });

  it('says so as soon as they are required again', async () => {
    history([aChange({ ended_open_period: closed })]);
    const { user } = await openedOn({ ...ADMIN, mode: 'off' });
    await screen.findByText('History of these settings (1)');
    expect(screen.queryByText(/^Reviews were not required/)).not.toBeInTheDocument();
    decides({});
    await user.click(radio('Required'));
    await user.click(save());
    expect(await screen.findByText(/^Reviews were not required for 3 days/)).toBeVisible();
  });

  it('says so when it could not be loaded, and the settings are there', async () => {
    studio.onGet(HISTORY).reply(403, NO_ADMIN);
    const { user } = await openedOn(ADMIN);
    expect(await screen.findByText(NO_ADMIN.detail)).toBeVisible();
    expect(radio('Required')).toBeEnabled();
    history([aChange()]);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('History of these settings (1)')).toBeVisible();
  });
});

describe('conversations', () => {
  const RULE = 'http://studio.test/api/sample-plugin/conversations/v1/libraries/lib%3ATest%3ABread/';
  const answer = (required: boolean, mayDecide: boolean) => ({
    resolution_required: required, may_manage_policy: mayDecide,
  });

  it('have their own rule, which applies at once', async () => {
    studio.onGet(RULE).reply(200, answer(false, true));
    studio.onPatch(RULE, { resolution_required: true }).reply(200, answer(true, true));
    const { user } = await openedOn(ADMIN);
    await user.click(await screen.findByRole('switch', { name: 'Conversations must be resolved' }));
    await waitFor(() => expect(screen.getByRole('switch')).toBeChecked());
    studio.onPatch(RULE, { resolution_required: false }).reply(403, NO_ADMIN);
    await user.click(screen.getByRole('switch'));
    expect(await screen.findByText(NO_ADMIN.detail)).toBeVisible();
    expect(screen.getByRole('switch')).toBeChecked();
  });

  it('have a rule that everybody is told', async () => {
    studio.onGet(RULE).reply(200, answer(true, false));
    await openedOn({});
    expect(await screen.findByText('Changes with open conversations cannot be published.')).toBeVisible();
    expect(screen.queryByRole('switch')).not.toBeInTheDocument();
  });
});
