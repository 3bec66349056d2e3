import { FormattedMessage, IntlProvider } from '@edx/frontend-platform/i18n';
import { render, screen } from '@testing-library/react';

import { Translated } from './Translated';

jest.mock('./index', () => { throw new Error('The network is gone.'); });

it('is in English if the translations cannot be loaded', async () => {
  const message = { id: 'sample-plugin-reviews.test.ours', defaultMessage: 'Reviews' };
  render(
    <IntlProvider locale="ar" onError={() => {}}>
      <Translated><FormattedMessage {...message} /></Translated>
    </IntlProvider>,
  );
  expect(await screen.findByText('Reviews')).toBeVisible();
});
