import { useIntl } from '@edx/frontend-platform/i18n';

import { loadOnce } from '../loadOnce';

type Messages = Record<string, string>;

// All languages together weigh more than all that we have on every page: they come on demand, and English needs none.
const useCatalogues = loadOnce(async (): Promise<Record<string, Messages>[]> => {
  try {
    return [(await import('./index')).default].flat();
  } catch {
    return []; // Better in English than not at all.
  }
});

const NONE: Messages = {};

/** Our texts in Studio's language, by id, as far as they are translated. Undefined while they are on their way. */
export const useTranslations = (): Messages | undefined => {
  const { locale } = useIntl();
  const isEnglish = /^en\b/.test(locale);
  const catalogues = useCatalogues(!isEnglish);
  if (isEnglish) { return NONE; }
  // A list with one entry for each source that atlas pulled from.
  return catalogues && Object.assign({}, ...catalogues.map((catalogue) => catalogue[locale.toLowerCase()]));
};
