/** Should our part fail, for whatever reason. */
import { createContext } from 'react';
import { configure as configureLogging, MockLoggingService } from '@edx/frontend-platform/logging';
import { screen } from '@testing-library/react';

import { renderInStudio } from '../testing/render';
import { UnitSidebarWrapper } from './UnitSidebarWrapper';

const mockContext = createContext({});

jest.mock('../host/studio', () => ({ loadUnitSidebarPages: async () => mockContext }));
jest.mock('../i18n/useTranslations', () => ({ useTranslations: () => { throw new Error('Not our day.'); } }));

it('shows what Studio has, once', async () => {
  configureLogging(MockLoggingService, { config: {} });
  jest.spyOn(console, 'error').mockImplementation(() => {});
  renderInStudio(<UnitSidebarWrapper component={<p>Studio’s own</p>} pluginProps={{ xBlocks: [] }} />);
  expect(await screen.findAllByText('Studio’s own')).toHaveLength(1);
  expect(screen.queryByText(/Reviews/)).not.toBeInTheDocument();
});
