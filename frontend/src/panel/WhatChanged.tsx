/** What changed in an item, once it is known. What shows it is loaded when it is first wanted. */
import { lazy, Suspense } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { ErrorBoundary } from '@edx/frontend-platform/react';

import { ErrorMessage, Loading } from '../common';
import type { Difference } from '../data/api';
import { bodyOf } from '../data/errors';
import messages from './messages';

const DifferenceView = lazy(async () => ({ default: (await import('../difference')).DifferenceView }));

interface Props {
  entityKey: string;
  /** Undefined while it is on its way. */
  difference: Difference | undefined;
  error: unknown;
  onRetry: () => void;
}

export const WhatChanged = ({
  entityKey, difference, error, onRetry,
}: Props) => {
  const intl = useIntl();
  if (error && bodyOf(error)?.code === 'no_review') { return <p>{intl.formatMessage(messages.noLastReview)}</p>; }
  if (error) { return <ErrorMessage error={error} onRetry={onRetry} />; }
  if (!difference) { return <Loading />; }
  return (
    <ErrorBoundary fallbackComponent={<p>{intl.formatMessage(messages.differenceCrashed)}</p>}>
      <Suspense fallback={<Loading />}>
        <DifferenceView entityKey={entityKey} difference={difference} />
      </Suspense>
    </ErrorBoundary>
  );
};
