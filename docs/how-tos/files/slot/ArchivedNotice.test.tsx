import { mergeConfig } from '@edx/frontend-platform';
import { configure as configureLogging, MockLoggingService } from '@edx/frontend-platform/logging';
import { PluginSlot } from '@openedx/frontend-plugin-framework';
import { screen, waitFor } from '@testing-library/react';

import * as translated from '../i18n/Translated';
import { renderInStudio } from '../testing/render';
import { ArchivalContext, type Archival } from './archival';
import { pluginSlots } from './pluginSlots';

const card = (cardId: string, isArchivedByLearner: boolean) => (
  { cardId, course: { courseName: 'Bread' }, courseRun: { isArchivedByLearner } }
);
const archival: Archival = { cards: [card('active', false), card('archived', true)], archive: () => {} };

const Banner = () => <p>The dashboard’s own</p>;

const show = (cardId: string) => {
  mergeConfig({ pluginSlots });
  renderInStudio(
    <ArchivalContext.Provider value={archival}>
      <PluginSlot id="org.openedx.frontend.learner_dashboard.course_card_banner.v1" pluginProps={{ cardId }}>
        <Banner />
      </PluginSlot>
    </ArchivalContext.Provider>,
  );
};

it('says in an archived card when it comes back', () => {
  show('archived');
  expect(screen.getByText(/comes back when you upgrade/)).toBeVisible();
});

it('says nothing in an active card', () => {
  show('active');
  expect(screen.getByText('The dashboard’s own')).toBeVisible();
  expect(screen.queryByText(/comes back/)).not.toBeInTheDocument();
});

it('leaves the dashboard’s banner alone when it crashes', async () => {
  configureLogging(MockLoggingService, { config: {} });
  // React tells of every error that it catches.
  jest.spyOn(console, 'error').mockImplementation(() => {});
  const crash = jest.spyOn(translated, 'Translated').mockImplementation(() => { throw new Error('Not our day.'); });
  show('archived');
  await waitFor(() => expect(crash).toHaveBeenCalled());
  expect(screen.getByText('The dashboard’s own')).toBeVisible();
  expect(screen.queryByText(/error/i)).not.toBeInTheDocument();
});
