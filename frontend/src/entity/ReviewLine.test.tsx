import { screen } from '@testing-library/react';

import type { Review } from '../data/api';
import { aPerson, aRequest, aReview } from '../testing/data';
import { mockStudio, renderInStudio } from '../testing/render';
import { ReviewLine } from './ReviewLine';

const otto = aPerson('otto', 'Otto');
const rita = aPerson('rita', 'Rita');
const withdrawn = { in_force: false, withdrawn_at: '2026-01-04T00:00:00Z' };

const line = (review: Partial<Review>, withVersion = false) => {
  renderInStudio(<ul><ReviewLine review={aReview({ reviewer: otto, ...review })} withVersion={withVersion} /></ul>);
  return screen.getByRole('listitem');
};

beforeEach(() => {
  mockStudio('rita');
  jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-01-05T03:04:05Z'));
});

it.each([
  ['Reviewed by Otto, 2 days ago', {}],
  ['Reviewed by otto, 2 days ago', { reviewer: aPerson('otto') }],
  ['Reviewed by you, 2 days ago', { reviewer: rita }],
  ['Reviewed by a deleted account, 2 days ago', { reviewer: null }],
  ['Reviewed by Otto; saved again without a change 2 days ago', { is_carried_over: true }],
  ['Changes requested by Otto, 2 days agoName the amount.', aRequest()],
  ['You requested changes, 2 days agoName the amount.', aRequest({ reviewer: rita })],
  [
    'You requested changes; saved again without a change 2 days agoName the amount.',
    aRequest({ reviewer: rita, is_carried_over: true }),
  ],
  // What they said counts until it is withdrawn.
  ['Reviewed by Otto (no longer a reviewer here), 2 days ago', { reviewer_may_review: false }],
  ['Reviewed by Otto, 2 days ago', { reviewer_may_review: null }],
  ['Reviewed by Otto (account deactivated), 2 days ago', {
    reviewer: aPerson('otto', 'Otto', { is_active: false }), reviewer_may_review: false,
  }],
  ['Reviewed by Otto, 2 days ago · withdrawn by adam, yesterdayNot any more.', {
    ...withdrawn, withdrawn_by: aPerson('adam'), note: 'Not any more.',
  }],
  ['Reviewed by Otto, 2 days ago · withdrawn by a deleted account, yesterday', withdrawn],
  ['Changes requested by Otto, 2 days agoName the amount.dismissed by Rita, yesterday:It is named below.', aRequest({
    ...withdrawn, withdrawn_by: rita, withdrawn_reason: 'It is named below.',
  })],
] as [string, Partial<Review>][])('says: %s', (text, review) => {
  expect(line(review).textContent).toBe(text);
});

it.each([[2, 'version 2'], [null, 'its deletion']])('says of which version that was: %s', (version, text) => {
  expect(line({ version_num: version }, true).textContent).toBe(`Reviewed by Otto, 2 days ago · ${text}`);
});

it('shows what people write as they wrote it, line by line', () => {
  const text = '<b onclick="alert(1)">First</b> &amp;\n{name} last';
  const shown = line({
    ...withdrawn, reviewer: aPerson('eve', text), note: text, withdrawn_by: aPerson('eve', text), withdrawn_reason: text,
  });
  expect(shown.querySelector('b')).toBeNull();
  expect(shown.textContent).toBe(`Reviewed by ${text}, 2 days ago${text}dismissed by ${text}, yesterday:${text}`);
  // Its style keeps the line breaks.
  const quotes = [...shown.querySelectorAll('q.sample-plugin-reviews-note')];
  expect(quotes.map(({ textContent }) => textContent)).toEqual([text, text]);
});
