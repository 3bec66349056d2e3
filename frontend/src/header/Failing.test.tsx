/** Should our part fail, for whatever reason: Studio goes on. */
import { mergeConfig } from '@edx/frontend-platform';
import { configure as configureLogging, MockLoggingService } from '@edx/frontend-platform/logging';
import { PluginSlot } from '@openedx/frontend-plugin-framework';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { pluginSlots } from '../pluginSlots';
import { aLibrary } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import * as button from './ReviewsButton';

const SLOT = 'org.openedx.frontend.layout.studio_header_actions.v1';

jest.mock('../workspace', () => ({ Workspace: () => { throw new Error('Not our day.'); } }));

const show = (query = '') => {
  renderInStudio(
    <PluginSlot id={SLOT}><button type="button">Studio’s own</button></PluginSlot>,
    { at: `/library/lib:Test:Bread${query}` },
  );
};

beforeEach(() => {
  mergeConfig({ pluginSlots });
  configureLogging(MockLoggingService, { config: {} });
  // React tells of every error that it catches.
  jest.spyOn(console, 'error').mockImplementation(() => {});
  mockStudio().onGet(new RegExp(`${API}/libraries/`)).reply(200, aLibrary());
});

it('is before what Studio has in its header', async () => {
  show();
  const reviews = await screen.findByRole('button', { name: /^Reviews/ });
  expect(reviews.compareDocumentPosition(screen.getByRole('button', { name: 'Studio’s own' })))
    .toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

it('leaves the header as it is if the button crashes', async () => {
  const crash = jest.spyOn(button.ReviewsButton as any, 'render')
    .mockImplementation(() => { throw new Error('Not our day.'); });
  show();
  await waitFor(() => expect(crash).toHaveBeenCalled());
  expect(screen.getByRole('button', { name: 'Studio’s own' })).toBeVisible();
  expect(screen.getAllByRole('button')).toHaveLength(1);
  expect(screen.queryByText(/error/i)).not.toBeInTheDocument();
});

it('says so if the workspace crashes, and keeps the button', async () => {
  const user = userEvent.setup();
  show('?reviews=all');
  const sentence = await screen.findByText('The reviews cannot be shown. Reload the page and try again.');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(sentence).not.toBeInTheDocument());
  expect(screen.getByRole('button', { name: /^Reviews/ })).toBeVisible();
});
