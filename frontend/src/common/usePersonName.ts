import { useIntl } from '@edx/frontend-platform/i18n';

import type { Person, Review } from '../data/schema';
import messages from './messages';

/** How to call a person: by name, by account, or, if the account is gone, by that. */
export const usePersonName = () => {
  const intl = useIntl();
  return (person: Person | null) => person?.name || person?.username || intl.formatMessage(messages.nobody);
};

/** How to call who gave a verdict, and whether they still could: it counts until it is withdrawn. */
export const useReviewerName = () => {
  const intl = useIntl();
  const nameOf = usePersonName();
  return ({ reviewer, reviewer_may_review: mayReview }: Review) => {
    const name = nameOf(reviewer);
    if (!reviewer) { return name; }
    if (!reviewer.is_active) { return intl.formatMessage(messages.deactivated, { name }); }
    return mayReview === false ? intl.formatMessage(messages.notReviewer, { name }) : name;
  };
};
