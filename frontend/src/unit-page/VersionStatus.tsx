/** How far one version is reviewed. */
import type { ReactNode } from 'react';
import { FormattedMessage } from '@edx/frontend-platform/i18n';
import { Icon, Stack } from '@openedx/paragon';
import { CheckCircle, HelpOutline, Warning } from '@openedx/paragon/icons';

import { Ago, useReviewerName } from '../common';
import type { Review, Version } from '../data/api';
import messages from './messages';

const ReviewLine = ({ review }: { review: Review }) => {
  const reviewerOf = useReviewerName();
  return (
    <div className="small">
      <FormattedMessage
        {...(review.is_carried_over ? messages.carriedOver : messages.review)}
        values={{ name: <bdi>{reviewerOf(review)}</bdi>, ago: <Ago time={review.created} /> }}
      />
      {review.note && <q className="d-block font-italic" dir="auto">{review.note}</q>}
    </div>
  );
};

const STATES = {
  reviewed: { icon: CheckCircle, color: 'text-success', message: messages.reviewed },
  // By too few people, or others asked for changes: whoever reads who has reviewed it must not take it for done.
  incomplete: { icon: Warning, color: 'text-warning', message: messages.incomplete },
  notReviewed: { icon: Warning, color: 'text-warning', message: messages.notReviewed },
  unseen: { icon: HelpOutline, color: 'text-gray', message: messages.unseen },
};

const stateOf = (version: Version | undefined) => {
  if (!version) { return STATES.unseen; }
  if (version.is_reviewed) { return STATES.reviewed; }
  return version.reviews.length > 0 ? STATES.incomplete : STATES.notReviewed;
};

/** `version` is undefined if the server has nothing to say of it. */
export const VersionStatus = ({ label, version }: { label: ReactNode, version: Version | undefined }) => {
  const { icon, color, message } = stateOf(version);
  return (
    <div>
      <dt className="small font-weight-bold">{label}</dt>
      <dd className="mb-0">
        <Stack direction="horizontal" gap={1}>
          <Icon src={icon} size="sm" className={color} />
          <FormattedMessage {...message} />
        </Stack>
        {version?.reviews.map((review) => <ReviewLine key={review.id} review={review} />)}
      </dd>
    </div>
  );
};
