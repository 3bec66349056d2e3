/** What the change does: as learners will see it, in words, and in the source. */
import {
  lazy, Suspense, useId, type KeyboardEvent,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { ErrorBoundary } from '@edx/frontend-platform/react';

import { Loading } from '../common';
import type { Difference, Entity } from '../data/api';
import { TABS, type Tab } from './address';
import { Rendered } from './Rendered';
import { Words } from './Words';
import messages from './messages';

// With the library that reads differences of texts.
const DifferenceView = lazy(async () => ({ default: (await import('../difference')).DifferenceView }));

interface Props {
  entity: Entity;
  /** Undefined while it is loading. */
  difference: Difference | undefined;
  tab: Tab | '';
  onTab: (tab: Tab) => void;
}

export const Content = ({
  entity, difference, tab, onTab,
}: Props) => {
  const intl = useIntl();
  const id = useId();
  const shown = tab || 'preview';

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) { return; }
    const direction = document.documentElement.dir === 'rtl' ? -step : step;
    const next = TABS[(TABS.indexOf(shown) + direction + TABS.length) % TABS.length]!;
    onTab(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };

  const panel = () => {
    if (!difference) { return <Loading />; }
    if (shown === 'preview') { return <Rendered entity={entity} difference={difference} />; }
    if (shown === 'words' && difference.words) { return <Words entityKey={entity.key!} difference={difference} />; }
    return (
      <ErrorBoundary fallbackComponent={<p>{intl.formatMessage(messages.crashed)}</p>}>
        <Suspense fallback={<Loading />}>
          <DifferenceView entityKey={entity.key!} difference={difference} />
        </Suspense>
      </ErrorBoundary>
    );
  };

  return (
    <>
      <div role="tablist" aria-label={intl.formatMessage(messages.views)} className="nav nav-tabs mt-2 mb-3">
        {TABS.map((each) => (
          <button
            key={each}
            id={`${id}-${each}`}
            type="button"
            role="tab"
            aria-selected={each === shown}
            aria-controls={`${id}-panel`}
            tabIndex={each === shown ? 0 : -1}
            className={`nav-link ${each === shown ? 'active' : ''}`}
            onClick={() => onTab(each)}
            onKeyDown={onKeyDown}
          >
            {intl.formatMessage(messages.tab, { tab: each })}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown}`}>{panel()}</div>
    </>
  );
};
