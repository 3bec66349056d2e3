import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Library } from '../data/api';
import { useLibrary } from '../data/library';
import { aLibrary, LIBRARY_KEY } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { ReviewPolicy } from './ReviewPolicy';

const LIBRARY = `${API}/libraries/lib%3ATest%3ABread/`;
const ADMIN = { may: { ...aLibrary().may, manage_policy: true } };
const NO_ADMIN = { code: 'permission_denied', detail: 'You are no admin any more.' };

let studio: MockAdapter;

const Policy = () => {
  const { data: library } = useLibrary(LIBRARY_KEY);
  return library ? <ReviewPolicy library={library} /> : null;
};

const openedOn = async (library: Partial<Library>) => {
  studio.onGet(LIBRARY).reply(200, aLibrary(library));
  renderInStudio(<Policy />);
  await screen.findByText(/can be published in this library/);
  return userEvent.setup();
};
/** The server decides as it is asked to, and says so from then on. */
const decides = (change: Partial<Library>) => studio.onPatch(LIBRARY).reply(() => {
  studio.onGet(LIBRARY).reply(200, aLibrary({ ...ADMIN, ...change }));
  return [200, aLibrary({ ...ADMIN, ...change })];
});
const sent = () => studio.history.patch!.map(({ data }) => JSON.parse(data));

beforeEach(() => { studio = mockStudio(); });

it.each([
  [{}, 'Only reviewed changes can be published in this library.'],
  [{ required_reviewers: 2 }, 'Only changes approved by 2 reviewers can be published in this library.'],
  [{ review_required: false }, 'Changes can be published in this library without a review.'],
])('says to everybody what holds, and lets only those decide who may: %j', async (library, sentence) => {
  await openedOn(library);
  expect(screen.getByText(sentence)).toBeVisible();
  ['switch', 'spinbutton', 'combobox', 'button'].forEach((role) => (
    expect(screen.queryByRole(role)).not.toBeInTheDocument()
  ));
});

describe('whether reviews are required', () => {
  const SWITCH = { name: 'Require a review before publishing' };

  it('is asked about before it is switched off', async () => {
    const user = await openedOn(ADMIN);
    await user.click(screen.getByRole('switch', SWITCH));
    const dialog = await screen.findByRole('dialog', { name: 'Publish without reviews?' });
    expect(within(dialog).getByText(/^Anyone who can publish in “Bread”/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(sent()).toEqual([]);

    decides({ review_required: false });
    await user.click(screen.getByRole('switch', SWITCH));
    await user.click(await screen.findByRole('button', { name: 'Do not require reviews' }));
    expect(await screen.findByText(/without a review/)).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.getByRole('switch', SWITCH)).not.toBeChecked();
    expect(sent()).toEqual([{ review_required: false }]);
  });

  it('is switched on at once, and not twice', async () => {
    const user = await openedOn({ ...ADMIN, review_required: false });
    studio.onPatch(LIBRARY).reply(() => new Promise(() => {}));
    await user.click(screen.getByRole('switch', SWITCH));
    await waitFor(() => expect(sent()).toEqual([{ review_required: true }]));
    expect(screen.getByRole('switch', SWITCH)).toBeDisabled();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('stays as it is where that was refused, and the question is closed', async () => {
    const user = await openedOn(ADMIN);
    studio.onPatch(LIBRARY).reply(403, NO_ADMIN);
    await user.click(screen.getByRole('switch', SWITCH));
    await user.click(await screen.findByRole('button', { name: 'Do not require reviews' }));
    expect(await screen.findByText(NO_ADMIN.detail)).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.getByRole('switch', SWITCH)).toBeChecked();
  });
});

describe('how many reviewers are needed', () => {
  const field = () => screen.getByRole('spinbutton', { name: 'Reviewers needed' });

  it('is saved once it is another number, and can be the default again', async () => {
    const user = await openedOn(ADMIN);
    expect(screen.getByText('This is the site’s default.')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();

    decides({ required_reviewers: 2, required_reviewers_by: 'policy' });
    await user.clear(field());
    await user.keyboard('2');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/approved by 2 reviewers/)).toBeVisible();
    expect(field()).toHaveValue(2);
    expect(screen.queryByText('This is the site’s default.')).not.toBeInTheDocument();

    decides({});
    await user.click(screen.getByRole('button', { name: 'Use the site’s default' }));
    expect(await screen.findByText('This is the site’s default.')).toBeVisible();
    expect(field()).toHaveValue(1);
    expect(sent()).toEqual([{ required_reviewers: 2 }, { required_reviewers: null }]);
  });

  it.each(['0', '21', '1.5', ''])('is not %j', async (text) => {
    const user = await openedOn(ADMIN);
    await user.clear(field());
    await user.keyboard(`${text}{Enter}`);
    expect(screen.getByText('Enter a whole number from 1 to 20.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
    expect(sent()).toEqual([]);
  });

  it('says so where that was refused, and leaves what was typed', async () => {
    const user = await openedOn(ADMIN);
    studio.onPatch(LIBRARY).reply(403, NO_ADMIN);
    await user.clear(field());
    await user.keyboard('20{Enter}');
    expect(await screen.findByText(NO_ADMIN.detail)).toBeVisible();
    expect(field()).toHaveValue(20);
  });
});

describe('who may review', () => {
  const field = () => screen.getByRole('combobox', { name: 'Who may review' });

  it('is chosen, and can be the default again, which is named', async () => {
    const user = await openedOn(ADMIN);
    expect(within(field()).getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'People who did not change it', 'Anyone but the last editor', 'Anyone', 'Site default',
    ]);
    expect(field()).toHaveDisplayValue('Site default');
    expect(screen.getAllByText('People who did not change it')).toHaveLength(2);

    decides({ who_may_review: 'not_last_editor', who_may_review_by: 'policy' });
    await user.selectOptions(field(), 'Anyone but the last editor');
    await waitFor(() => expect(field()).toHaveDisplayValue('Anyone but the last editor'));
    expect(screen.getAllByText('Anyone but the last editor')).toHaveLength(1);

    decides({});
    await user.selectOptions(field(), 'Site default');
    await waitFor(() => expect(field()).toHaveDisplayValue('Site default'));
    expect(sent()).toEqual([{ who_may_review: 'not_last_editor' }, { who_may_review: null }]);
  });

  it('stays as it is where that was refused', async () => {
    const user = await openedOn(ADMIN);
    studio.onPatch(LIBRARY).reply(403, NO_ADMIN);
    await user.selectOptions(field(), 'Anyone');
    expect(await screen.findByRole('alert')).toHaveTextContent(NO_ADMIN.detail);
    expect(field()).toHaveDisplayValue('Site default');
  });
});
