import { useIntl } from '@edx/frontend-platform/i18n';

import type { MayReview } from '../data/api';
import messages from './messages';

/** Why the person may not review something. Undefined if there is no reason, or it is said once for the library. */
export const useWhyNot = () => {
  const intl = useIntl();
  const dateOf = (time: string) => intl.formatDate(time, {
    day: 'numeric',
    month: 'long',
    year: new Date(time).getFullYear() === new Date().getFullYear() ? undefined : 'numeric',
  });
  return ({ reason, changed_at: time }: MayReview): string | undefined => {
    if (reason === 'own_change') {
      return intl.formatMessage(messages.ownChange, { date: time ? dateOf(time) : 'none' });
    }
    return reason === 'no_record' ? intl.formatMessage(messages.noRecord) : undefined;
  };
};
