/** A verdict as it was given, and whether it was withdrawn later. */
import { useIntl } from '@edx/frontend-platform/i18n';

import type { Review } from '../data/schema';
import { ReviewLine } from '../entity/ReviewLine';
import messages from './messages';

export const PastReview = ({ review, withVersion = false }: { review: Review, withVersion?: boolean }) => {
  const intl = useIntl();
  if (!review.replaced) { return <ReviewLine review={review} withVersion={withVersion} />; }
  // Who gives another verdict has not withdrawn the first.
  return (
    <ReviewLine review={{ ...review, withdrawn_at: null }} withVersion={withVersion}>
      <div>{intl.formatMessage(messages.replaced)}</div>
    </ReviewLine>
  );
};
