import { useIntl } from '@edx/frontend-platform/i18n';

import { Ago, usePersonName } from '../common';
import type { Review } from '../data/api';
import messages from './messages';

/** One review: who, when, what they noted, and what has become of it. */
export const ReviewLine = ({ review, withVersion = false }: { review: Review, withVersion?: boolean }) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  return (
    <li className="mt-1">
      {intl.formatMessage(review.is_carried_over ? messages.carriedOver : messages.reviewedBy, {
        name: nameOf(review.reviewer), ago: <Ago time={review.created} />,
      })}
      {withVersion && (
        <>
          {' · '}
          {intl.formatMessage(messages.ofVersion, { version: review.version_num ?? 'deletion' })}
        </>
      )}
      {review.withdrawn_at && (
        <>
          {' · '}
          {intl.formatMessage(messages.withdrawnBy, {
            name: nameOf(review.withdrawn_by), ago: <Ago time={review.withdrawn_at} />,
          })}
        </>
      )}
      {review.note && <q className="d-block font-italic" dir="auto">{review.note}</q>}
    </li>
  );
};
