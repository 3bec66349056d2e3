import { useIntl } from '@edx/frontend-platform/i18n';

import type { Person } from '../data/schema';
import messages from './messages';

/** How to call a person: by name, by account, or, if the account is gone, by that. */
export const usePersonName = () => {
  const intl = useIntl();
  return (person: Person | null) => person?.name || person?.username || intl.formatMessage(messages.nobody);
};
