import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { renderInStudio } from '../testing/render';
import { ErrorMessage } from './ErrorMessage';

const failed = (status: number, data: unknown) => ({ response: { status, data } });
const NO_ACCESS = 'You have no access to the reviews of this library.';

it.each([
  ['the server’s own words', failed(409, { code: 'freeze', detail: 'Exams are on.' }), 'Exams are on.'],
  ['what somebody lacks, after a page of HTML with a 401', failed(401, '<html>…</html>'), NO_ACCESS],
  ['what somebody lacks, after a 403 in words that are not ours', failed(403, { detail: 'CSRF failed.' }), NO_ACCESS],
  ['what somebody lacks, after a 404 without a word', failed(404, undefined), NO_ACCESS],
  ['what has failed in Studio, with the number', failed(502, '<html>…</html>'), /^Something went wrong in Studio \(error 502\)/],
  ['that there was no answer', new Error('Network Error'), /^Studio did not answer/],
])('says %s', (_, error, sentence) => {
  renderInStudio(<ErrorMessage error={error} />);
  expect(screen.getByRole('alert')).toHaveTextContent(sentence);
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

it('offers to try again where that makes sense', async () => {
  const user = userEvent.setup();
  const retry = jest.fn();
  renderInStudio(<ErrorMessage error={failed(500, '')} onRetry={retry} />);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledTimes(1);
});
