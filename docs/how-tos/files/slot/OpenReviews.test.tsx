import { mergeConfig } from '@edx/frontend-platform';
import { configure as configureLogging, MockLoggingService } from '@edx/frontend-platform/logging';
import { PluginSlot } from '@openedx/frontend-plugin-framework';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';

import * as translated from '../i18n/Translated';
import { pluginSlots } from '../pluginSlots';
import { renderInStudio } from '../testing/render';
import { OpenReviews } from './OpenReviews';

const SLOT = 'org.openedx.frontend.authoring.course_unit_header_actions.v1';

const Address = () => <output>{useLocation().search}</output>;
const StudiosOwn = () => <p>Studio’s own</p>;

it('opens the page of reviews, and leaves the rest of the address alone', async () => {
  renderInStudio(<><OpenReviews isUnitVerticalType /><Address /></>, { at: '/?align=1' });
  await userEvent.click(screen.getByRole('button', { name: 'Show reviews' }));
  expect(screen.getByRole('status')).toHaveTextContent('?align=1&sidebar=sample-plugin-reviews');
});

it('is not there on a unit that has no such sidebar', () => {
  renderInStudio(<OpenReviews isUnitVerticalType={false} />);
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

it('leaves Studio’s header alone when it crashes', async () => {
  mergeConfig({ pluginSlots });
  configureLogging(MockLoggingService, { config: {} });
  // React tells of every error that it catches.
  jest.spyOn(console, 'error').mockImplementation(() => {});
  const crash = jest.spyOn(translated, 'Translated').mockImplementation(() => { throw new Error('Not our day.'); });
  renderInStudio(<PluginSlot id={SLOT} pluginProps={{ isUnitVerticalType: true }}><StudiosOwn /></PluginSlot>);
  await waitFor(() => expect(crash).toHaveBeenCalled());
  expect(screen.getByText('Studio’s own')).toBeVisible();
  expect(screen.queryByText(/error/i)).not.toBeInTheDocument();
});
