import type { ReactNode } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import { Ago, usePersonName, useReviewerName } from '../common';
import type { Review } from '../data/api';
import { isOwn } from '../data/own';
import messages from './messages';
import './entity.css';

interface Props {
  review: Review;
  withVersion?: boolean;
  className?: string;
  /** What can be done about it. */
  children?: ReactNode;
}

const firstPartOf = ({ verdict, is_carried_over: isCarriedOver }: Review) => {
  if (verdict === 'changes_requested') {
    return isCarriedOver ? messages.requestCarriedOver : messages.requestedBy;
  }
  return isCarriedOver ? messages.carriedOver : messages.reviewedBy;
};

/** What one person said: who, when, what they noted, and what has become of it. */
export const ReviewLine = ({
  review, withVersion = false, className = 'mt-1', children,
}: Props) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const reviewerOf = useReviewerName();
  return (
    <li className={className}>
      {intl.formatMessage(firstPartOf(review), {
        isOwn: isOwn(review), name: reviewerOf(review), ago: <Ago time={review.created} />,
      })}
      {withVersion && (
        <>
          {' · '}
          {intl.formatMessage(messages.ofVersion, { version: review.version_num ?? 'deletion' })}
        </>
      )}
      {review.withdrawn_at && !review.withdrawn_reason && (
        <>
          {' · '}
          {intl.formatMessage(messages.withdrawnBy, {
            name: nameOf(review.withdrawn_by), ago: <Ago time={review.withdrawn_at} />,
          })}
        </>
      )}
      {review.note && <q className="sample-plugin-reviews-note d-block font-italic" dir="auto">{review.note}</q>}
      {review.withdrawn_at && review.withdrawn_reason && (
        <div>
          {intl.formatMessage(messages.dismissedBy, {
            name: nameOf(review.withdrawn_by), ago: <Ago time={review.withdrawn_at} />,
          })}
          <q className="sample-plugin-reviews-note d-block font-italic" dir="auto">{review.withdrawn_reason}</q>
        </div>
      )}
      {children}
    </li>
  );
};
