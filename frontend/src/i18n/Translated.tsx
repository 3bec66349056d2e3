import { useMemo, type ReactNode } from 'react';
import { IntlProvider, useIntl } from '@edx/frontend-platform/i18n';

import { useTranslations } from './useTranslations';

/**
 * Show the children in Studio's language, with our own texts in it; nothing until those are there.
 *
 * Studio's catalogue does not hold them, and a plugin cannot add to it once the page is up.
 */
export const Translated = ({ children }: { children: ReactNode }) => {
  const {
    locale, messages, onError, timeZone, formats, defaultLocale, defaultFormats,
  } = useIntl();
  const translations = useTranslations();
  const all = useMemo(() => ({ ...messages as Record<string, string>, ...translations }), [messages, translations]);
  if (!translations) { return null; }
  const asInStudio = {
    locale, onError, timeZone, formats, defaultLocale, defaultFormats,
  };
  return <IntlProvider {...asInStudio} messages={all}>{children}</IntlProvider>;
};
