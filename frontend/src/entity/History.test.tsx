import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type MockAdapter from 'axios-mock-adapter';

import type { Review } from '../data/api';
import { aRequest, aReview } from '../testing/data';
import { API, mockStudio, renderInStudio } from '../testing/render';
import { History } from './History';

const REVIEWS = `${API}/entities/lb%3ATest%3ABread%3Ahtml%3Asalt/reviews/?page_size=100`;

let studio: MockAdapter;

const answers = (results: Review[], count = results.length) => studio.onGet(REVIEWS).reply(200, { count, results });
const show = () => renderInStudio(<History entityKey="lb:Test:Bread:html:salt" />);

beforeEach(() => { studio = mockStudio('rita'); });

it.each([[2, null], [3, 'And 1 older one.'], [5, 'And 3 older ones.']])(
  'lists what was said of which version, and how much more there is: %d',
  async (count, sentence) => {
    answers([aRequest(), aReview({ version_num: null })], count);
    show();
    const lines = (await screen.findAllByRole('listitem')).map(({ textContent }) => textContent);
    expect(lines).toEqual([
      expect.stringMatching(/^Changes requested by Otto, .* · version 2Name the amount\.$/),
      expect.stringMatching(/^Reviewed by you, .* · its deletion$/),
    ]);
    expect(screen.queryByText(/older/)?.textContent ?? null).toBe(sentence);
  },
);

it('says so when nobody has ever reviewed it', async () => {
  answers([]);
  show();
  expect(await screen.findByText('Not reviewed yet.')).toBeVisible();
});

it('says so when it could not be loaded, and tries again', async () => {
  studio.onGet(REVIEWS).reply(403);
  show();
  expect(await screen.findByRole('alert')).toHaveTextContent('You have no access');
  answers([aReview()]);
  await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/version 2/)).toBeVisible();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});
