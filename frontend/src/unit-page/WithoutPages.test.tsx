/** In a Studio whose sidebar has no pages: older ones, and whatever will be. */
import { screen } from '@testing-library/react';

import { mockStudio, renderInStudio } from '../testing/render';
import { UnitSidebarWrapper } from './UnitSidebarWrapper';

it('shows a card of its own below what Studio has', async () => {
  mockStudio();
  renderInStudio(<UnitSidebarWrapper component={<p>Studio’s own</p>} pluginProps={{ xBlocks: [] }} />);
  const card = await screen.findByRole('heading', { name: 'Content from libraries' });
  expect(screen.getByText('Nothing in this unit comes from a library.')).toBeVisible();
  expect(screen.getByText('Studio’s own').compareDocumentPosition(card)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});
