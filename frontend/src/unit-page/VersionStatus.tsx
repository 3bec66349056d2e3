/** How far one version is reviewed: as it was judged when it went live, or as it is now if it never did. */
import type { ReactNode } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Icon, Stack } from '@openedx/paragon';
import { CheckCircle, HelpOutline, Warning } from '@openedx/paragon/icons';

import type { Version } from '../data/api';
import entityMessages from '../entity/messages';
import { Basis, PastReview } from '../history';
import messages from './messages';

const ICONS = {
  good: { src: CheckCircle, className: 'text-success' },
  warning: { src: Warning, className: 'text-warning' },
  danger: { src: Warning, className: 'text-danger' },
  unknown: { src: HelpOutline, className: 'text-gray' },
};

const iconOf = (version: Version | undefined) => {
  if (!version) { return ICONS.unknown; }
  if (version.is_reviewed) { return ICONS.good; }
  switch (version.judgement?.basis) {
    case 'bypassed':
    case 'unexplained': return ICONS.danger;
    case 'before_plugin': return ICONS.unknown;
    default: return ICONS.warning;
  }
};

const State = ({ version }: { version: Version | undefined }) => {
  const intl = useIntl();
  if (!version) { return <>{intl.formatMessage(messages.unseen)}</>; }
  const { judgement, is_reviewed: isReviewed, reviews } = version;
  if (judgement) { return <Basis judgement={judgement} />; }
  if (isReviewed) { return <>{intl.formatMessage(messages.reviewed)}</>; }
  // By too few people, or others asked for changes: whoever reads who has reviewed it must not take it for done.
  return <>{intl.formatMessage(reviews.length > 0 ? messages.incomplete : messages.notReviewed)}</>;
};

/** By how many, of how many that were required when it went live. */
const Count = ({ version: { judgement, reviewer_count: count } }: { version: Version }) => {
  const intl = useIntl();
  const required = judgement?.required_reviewers ?? null;
  if (required === null || count === 0) { return null; }
  return <div className="small">{intl.formatMessage(entityMessages.partlyReviewed, { count, required })}</div>;
};

/** `version` is undefined if the server has nothing to say of it. */
export const VersionStatus = ({ label, version }: { label: ReactNode, version: Version | undefined }) => (
  <div>
    <dt className="small font-weight-bold">{label}</dt>
    <dd className="mb-0">
      <Stack direction="horizontal" gap={1}>
        <Icon size="sm" {...iconOf(version)} />
        <State version={version} />
      </Stack>
      {version && <Count version={version} />}
      {version && version.reviews.length > 0 && (
        <ul className="list-unstyled small mb-0">
          {version.reviews.map((review) => <PastReview key={review.id} review={review} />)}
        </ul>
      )}
    </dd>
  </div>
);
