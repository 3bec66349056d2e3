import type { ReactNode } from 'react';
import { IntlProvider, useIntl } from '@edx/frontend-platform/i18n';

import translations from './index';

type Messages = Record<string, string>;

/** All that was pulled, as one: atlas makes a list with one entry for each source. */
const byLocale: Record<string, Messages> = Object.assign({}, ...[translations].flat());

/**
 * Show the children in Studio's language, with our own texts in it.
 *
 * Studio's catalogue does not hold them, and a plugin cannot add to it once the page is up.
 */
export const Translated = ({ children }: { children: ReactNode }) => {
  const { locale, messages, onError } = useIntl();
  return (
    <IntlProvider locale={locale} messages={{ ...messages as Messages, ...byLocale[locale] }} onError={onError}>
      {children}
    </IntlProvider>
  );
};
