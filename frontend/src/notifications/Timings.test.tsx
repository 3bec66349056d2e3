import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import { mockStudio, renderInStudio, startAfresh } from '../testing/render';
import { Timings } from '.';

const ME = 'http://studio.test/api/sample-plugin/notifications/v1/me/';

let studio: MockAdapter;

beforeEach(() => {
  startAfresh();
  studio = mockStudio();
});

it('saves when the person wants to be told, for each kind that there is', async () => {
  studio.onGet(ME).reply(200, { answered: 'immediately', published: 'off' });
  studio.onPatch(ME).reply(200, { answered: 'daily', published: 'off' });
  const user = userEvent.setup();
  renderInStudio(<Timings />);
  await user.click(await screen.findByText('E-mails about reviews'));
  expect(screen.getAllByRole('combobox')).toHaveLength(2);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Someone answers in a conversation in which you wrote' }), 'Once a day');
  expect(await screen.findByText('Saved.')).toBeInTheDocument();
  expect(JSON.parse(studio.history.patch![0]!.data)).toEqual({ answered: 'daily' });
  expect(screen.getByRole('combobox', { name: 'Your change is published' })).toHaveValue('off');
});

it('says what the server refuses, and goes back to what holds', async () => {
  studio.onGet(ME).reply(200, { answered: 'immediately' });
  studio.onPatch(ME).reply(500);
  const user = userEvent.setup();
  renderInStudio(<Timings />);
  await user.click(await screen.findByText('E-mails about reviews'));
  await user.selectOptions(screen.getByRole('combobox'), 'Never');
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  expect(screen.getByRole('combobox')).toHaveValue('immediately');
});

it('shows nothing where there are no notifications', async () => {
  studio.onGet(ME).reply(404);
  const { queryClient } = renderInStudio(<Timings />);
  await waitFor(() => expect(studio.history.get).toHaveLength(1));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(screen.queryByText('E-mails about reviews')).toBeNull();
});
