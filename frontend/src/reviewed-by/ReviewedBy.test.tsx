import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import { mockStudio, renderInStudio, startAfresh } from '../testing/render';
import { MyName, ShowToLearners } from '.';

const V1 = 'http://studio.test/api/sample-plugin/reviewed-by/v1/';
const ME = `${V1}me/`;
const LIBRARY = `${V1}libraries/lib%3ATest%3ABread/`;
const SWITCH = 'Show learners that content was reviewed';

let studio: MockAdapter;

beforeEach(() => {
  startAfresh();
  studio = mockStudio();
});

const sent = () => studio.history.patch!.map(({ data }) => JSON.parse(data));

describe('the name of a reviewer', () => {
  it('is saved, and taken back by leaving it empty', async () => {
    studio.onGet(ME).reply(200, { name: null, is_shown_on_site: true });
    studio.onPatch(ME).replyOnce(200, { name: 'Mei Lin', is_shown_on_site: true });
    studio.onPatch(ME).replyOnce(200, { name: null, is_shown_on_site: true });
    const user = userEvent.setup();
    renderInStudio(<MyName />);
    await user.click(await screen.findByText('Your name for learners'));
    const field = screen.getByRole('textbox', { name: 'Name' });
    await user.type(field, ' Mei Lin {Enter}');
    expect(await screen.findByText('Saved. Where a library shows its reviews, learners see “Mei Lin” within five minutes.')).toBeInTheDocument();
    await user.clear(field);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved. Within five minutes, learners see no name of yours.')).toBeInTheDocument();
    expect(sent()).toEqual([{ name: 'Mei Lin' }, { name: null }]);
  });

  it('stays in the field if the server refuses it', async () => {
    studio.onGet(ME).reply(200, { name: 'Mei', is_shown_on_site: true });
    studio.onPatch(ME).reply(400, { code: 'invalid', detail: 'Remove the character.', details: {} });
    const user = userEvent.setup();
    renderInStudio(<MyName />);
    await user.click(await screen.findByText('Your name for learners'));
    await user.type(screen.getByRole('textbox'), ' Lin{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('Remove the character.');
    expect(screen.getByRole('textbox')).toHaveValue('Mei Lin');
  });
});

describe('whether a library shows its reviews', () => {
  it('is a switch for who manages the policy', async () => {
    studio.onGet(LIBRARY).reply(200, { is_shown: false, may_manage_policy: true, is_shown_on_site: true });
    studio.onPatch(LIBRARY).reply(200, { is_shown: true, may_manage_policy: true, is_shown_on_site: true });
    renderInStudio(<ShowToLearners libraryKey="lib:Test:Bread" />);
    await userEvent.click(await screen.findByRole('switch', { name: SWITCH }));
    await waitFor(() => expect(sent()).toEqual([{ is_shown: true }]));
    expect(screen.getByRole('switch')).toBeChecked();
  });

  it('is a sentence for others', async () => {
    studio.onGet(LIBRARY).reply(200, { is_shown: true, may_manage_policy: false, is_shown_on_site: true });
    renderInStudio(<ShowToLearners libraryKey="lib:Test:Bread" />);
    expect(await screen.findByText('Learners see that content from this library was reviewed.')).toBeInTheDocument();
    expect(screen.queryByRole('switch')).toBeNull();
  });
});

it('can be taken back where the site has switched it off', async () => {
  // Studio's setting need not be that of the LMS.
  const offOnSite = { may_manage_policy: true, is_shown_on_site: false };
  studio.onGet(ME).reply(200, { name: 'Mei Lin', ...offOnSite });
  studio.onGet(LIBRARY).reply(200, { is_shown: true, ...offOnSite });
  renderInStudio(<><MyName /><ShowToLearners libraryKey="lib:Test:Bread" /></>);
  expect(await screen.findByText('Your name for learners')).toBeInTheDocument();
  expect(await screen.findByRole('switch', { name: SWITCH })).toBeChecked();
});

it.each([
  ['is not installed', 404, {}],
  ['is switched off everywhere', 200, {
    name: null, is_shown: false, may_manage_policy: true, is_shown_on_site: false,
  }],
])('shows nothing where it %s', async (_where, status, body) => {
  studio.onGet().reply(status, body);
  const { queryClient, container } = renderInStudio(<><MyName /><ShowToLearners libraryKey="lib:Test:Bread" /></>);
  await waitFor(() => expect(studio.history.get).toHaveLength(2));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(container).toHaveTextContent(/^$/);
});
