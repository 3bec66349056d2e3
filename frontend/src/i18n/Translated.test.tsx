import { FormattedMessage, IntlProvider } from '@edx/frontend-platform/i18n';
import { render, screen } from '@testing-library/react';

import { Translated } from './Translated';

// As `intl-imports.js` writes it: one entry for each source.
jest.mock('./index', () => ({
  __esModule: true,
  default: [
    { ar: { 'sample-plugin-reviews.test.ours': 'مراجعات' }, 'pt-br': { 'sample-plugin-reviews.test.ours': 'Revisões' } },
    { ar: { 'sample-plugin-reviews.test.other': 'آخر' } },
  ],
}));

// Not through defineMessages: these are not for translators.
const ours = { id: 'sample-plugin-reviews.test.ours', defaultMessage: 'Reviews' };
const other = { id: 'sample-plugin-reviews.test.other', defaultMessage: 'Other' };
const studios = { id: 'studio.own', defaultMessage: 'Library' };

const show = (locale: string) => render(
  <IntlProvider locale={locale} messages={{ 'studio.own': 'مكتبة' }} onError={() => {}}>
    <Translated>
      <p><FormattedMessage {...ours} /></p>
      <p><FormattedMessage {...other} /></p>
      <p><FormattedMessage {...studios} /></p>
    </Translated>
  </IntlProvider>,
);

it('needs no translations in English', () => {
  show('en');
  expect(screen.getByText('Reviews')).toBeVisible();
});

it('shows our texts in Studio’s language once they are there, nothing before, and later at once', async () => {
  const { container, unmount } = show('ar');
  expect(container).toBeEmptyDOMElement();
  expect(await screen.findByText('مراجعات')).toBeVisible();
  expect(screen.getByText('آخر')).toBeVisible();
  unmount();
  show('ar');
  expect(screen.getByText('مراجعات')).toBeVisible();
});

it('leaves Studio’s own texts as they are', async () => {
  show('ar');
  expect(await screen.findByText('مكتبة')).toBeVisible();
});

it('shows in English what is not translated', async () => {
  show('pt-br');
  expect(await screen.findByText('Revisões')).toBeVisible();
  expect(screen.getByText('Other')).toBeVisible();
});

it('is in English where there is no translation into the language', async () => {
  show('uk');
  expect(await screen.findByText('Reviews')).toBeVisible();
});
