import { screen } from '@testing-library/react';

import type { MayReview } from '../data/api';
import { mayNot } from '../testing/data';
import { mockStudio, renderInStudio } from '../testing/render';
import { useWhyNot } from './useWhyNot';

const WhyNot = ({ may }: { may: MayReview }) => <p role="status">{useWhyNot()(may) ?? 'Nothing is said.'}</p>;

beforeEach(() => { mockStudio(); });

it.each([
  ['You changed this. Another reviewer has to review it.', mayNot('own_change')],
  ['You changed this on May 3, 2020. Another reviewer has to review it.', mayNot('own_change', '2020-05-03T12:00:00Z')],
  [
    'You changed this on May 3. Another reviewer has to review it.',
    mayNot('own_change', `${new Date().getFullYear()}-05-03T12:00:00Z`),
  ],
  [
    'Studio has not recorded this change. Edit the item and save it; then it can be reviewed.',
    mayNot('no_record'),
  ],
  // That is said once for all of them, where it is said.
  ['Nothing is said.', mayNot('no_permission')],
  ['Nothing is said.', { allowed: true, reason: null, changed_at: null }],
])('says: %s', (sentence, may) => {
  renderInStudio(<WhyNot may={may} />);
  expect(screen.getByRole('status')).toHaveTextContent(sentence);
});
