import { screen } from '@testing-library/react';

import type { Entity } from '../data/api';
import {
  anEntity, aPerson, aRequest, aReview,
} from '../testing/data';
import { mockStudio, renderInStudio } from '../testing/render';
import { ChangeLine } from './ChangeLine';

const line = (change: Partial<Entity>) => {
  const { container } = renderInStudio(<ChangeLine entity={anEntity({ changed_at: null, ...change })} />);
  return container.textContent;
};

beforeEach(() => { mockStudio('rita'); });

it.each([
  ['Not reviewed', {}],
  ['Not reviewed', { required_reviewers: 2 }],
  ['Edited after review', { is_outdated: true, required_reviewers: 2 }],
  ['1 of 2 reviews', {
    required_reviewers: 2, reviewer_count: 1, reviews: [aReview()], is_outdated: true,
  }],
  ['Reviewed', { required_reviewers: 2, reviewer_count: 2, is_reviewed: true }],
  // Whoever has reviewed it, it does not go live.
  ['Changes requested', { requests: [aRequest()], is_reviewed: true, reviewer_count: 1 }],
] as [string, Partial<Entity>][])('begins with the state: %s', (state, change) => {
  expect(line(change)).toBe(`${state} Text, edited · Ada`);
});

it.each([
  ['Not reviewed Text, new · Ada', { change: 'new' }],
  ['Not reviewed Unit, deleted · ada', { change: 'deleted', block_type: 'unit', changed_by: aPerson('ada') }],
  ['Not reviewed Component, edited · Unknown author', { block_type: 'some-xblock', changed_by: null }],
  // There is nothing of its own to review.
  [' Section, only what it contains has changed · Ada', { change: 'contents', block_type: 'section', requests: [aRequest()] }],
  [' Unit, nothing to publish · Ada', { change: null, block_type: 'unit', is_reviewed: true }],
] as [string, Partial<Entity>][])('says what changed, and who changed it: %s', (text, change) => {
  expect(line(change)).toBe(text);
});

it('ends with the time', () => {
  jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-01-05T03:04:05Z'));
  expect(line({ changed_at: '2026-01-02T03:04:05Z' })).toMatch(/ · Ada · 3 days ago$/);
  expect(screen.getByRole('time')).toHaveAttribute('datetime', '2026-01-02T03:04:05Z');
});
