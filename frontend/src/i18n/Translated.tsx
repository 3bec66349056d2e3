import type { ReactNode } from 'react';
import { IntlProvider, useIntl } from '@edx/frontend-platform/i18n';

import { useTranslations } from './useTranslations';

/**
 * Show the children in Studio's language, with our own texts in it; nothing until those are there.
 *
 * Studio's catalogue does not hold them, and a plugin cannot add to it once the page is up.
 */
export const Translated = ({ children }: { children: ReactNode }) => {
  const { locale, messages, onError } = useIntl();
  const translations = useTranslations();
  if (!translations) { return null; }
  return (
    <IntlProvider
      locale={locale}
      messages={{ ...messages as Record<string, string>, ...translations }}
      onError={onError}
    >
      {children}
    </IntlProvider>
  );
};
