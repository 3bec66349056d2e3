/**
 * The workspace: the queue of changes, and the change that is open, over the whole page.
 *
 * Not beside the page: Studio's own sidebar, which is open by default, leaves too little room for that.
 */
import {
  Suspense, lazy, useCallback, useEffect, useMemo, useRef,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  Button, Icon, IconButton, useToggle,
} from '@openedx/paragon';
import { Keyboard, Settings } from '@openedx/paragon/icons';

import {
  ErrorMessage, Loading, Optional, useIsPainted,
} from '../common';
import type { Import, Library, QueueRow } from '../data/api';
import { useLibrary } from '../data/library';
import { useImports, usePrefetch } from '../data/queueHooks';
import { FullPage } from '../fullpage';
import { PublishReviewed } from '../publish';
import { Notice } from '../verdict/Notice';
import { SessionAlert } from '../verdict/SessionAlert';
import { useShortcuts } from '../verdict/useShortcuts';
import { useVerdicts } from '../verdict/useVerdicts';
import {
  ALL, MINE, SELECTED, openReviews,
} from '../reviewsAddress';
import { useKeys, writeKeys } from '../tabStorage';
import { ApproveRest } from './ApproveRest';
import { ChangePane } from './ChangePane';
import { Filters } from './Filters';
import { ModeLine } from './ModeLine';
import { Queue } from './Queue';
import { ScopeMenu } from './ScopeMenu';
import { ShortcutsDialog } from './ShortcutsDialog';
import { AddressProvider, importScope, useAddress } from './address';
import {
  NO_FILTER, find, groupsOf, nextOf,
} from './rows';
import { useRowsInScope } from './useRowsInScope';
import messages from './messages';
import './workspace.css';

// Opened rarely, or not by everybody.
const AskForThese = lazy(async () => ({ default: (await import('../asking')).AskForThese }));
const ReviewPolicy = lazy(async () => ({ default: (await import('../policy')).ReviewPolicy }));

const Reviewing = ({ library, imports }: { library: Library, imports: Import[] | undefined }) => {
  const intl = useIntl();
  const { address, move } = useAddress();
  const { scope, filter, grouping } = address;
  // Each in a task of its own, so that keys and clicks are answered in between on slow machines, too.
  const areFiltersPainted = useIsPainted();
  const isQueuePainted = useIsPainted(areFiltersPainted);
  const main = useRef<HTMLElement>(null);
  const wantsFocus = useRef(false);
  // A screen reader says what is open now, and a key that is pressed again decides nothing.
  const focusHeading = useCallback((heading: HTMLHeadingElement | null) => {
    if (heading && wantsFocus.current) {
      heading.focus();
      wantsFocus.current = false;
    }
  }, []);
  const selected = useKeys(library.key, 'selected');
  const {
    rows, isComplete, total, error, refetch,
  } = useRowsInScope(library, scope);

  const found = useMemo(() => find(rows, filter), [rows, filter]);
  const groups = useMemo(() => groupsOf(found, grouping), [found, grouping]);
  const ordered = useMemo(() => groups.flatMap((group) => group.rows), [groups]);
  // Without a change in the address, the first one is open.
  const openKey = address.change || nextOf(ordered, null)?.key || null;
  const next = nextOf(ordered, openKey);

  const open = useCallback((row: QueueRow | undefined, { takesFocus = false } = {}) => {
    if (takesFocus) {
      // Until the change is there, and where there is none: never on the page itself.
      main.current?.focus();
      wantsFocus.current = row !== undefined;
    }
    if (row?.key) { move({ change: row.key }); }
  }, [move]);
  const verdicts = useVerdicts(library.key, {
    // After the last one, the first that is left.
    onDecided: (key) => {
      const left = ordered.find((row) => row.key !== null && row.key !== key);
      open(nextOf(ordered, key) ?? left, { takesFocus: true });
    },
    onUndone: (key) => move({ change: key }),
  });
  const step = (by: 1 | -1) => {
    const row = nextOf(ordered, openKey, by);
    if (row) { open(row, { takesFocus: true }); }
  };
  usePrefetch(next, 'published');
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    u: verdicts.undo,
  });

  const select = useCallback((keys: string[]) => {
    writeKeys(library.key, 'selected', keys);
    // Nothing is left to show of it.
    if (keys.length === 0 && scope === SELECTED) { move({ scope: ALL, change: '' }); }
  }, [library.key, scope, move]);
  useEffect(() => {
    // What has been published since is no longer among the changes, and counts no more.
    if (!isComplete || (scope !== ALL && scope !== SELECTED)) { return; }
    const listed = new Set(rows.map(({ key }) => key));
    if (selected.some((key) => !listed.has(key))) { select(selected.filter((key) => listed.has(key))); }
  }, [isComplete, scope, rows, selected, select]);

  const isOnlyWaiting = filter.whose === 'me' && find(rows, { ...NO_FILTER, whose: 'me' }).length === 0;
  const noneLeft = intl.formatMessage(isOnlyWaiting ? messages.nothingWaits : messages.nothingFound);
  const empty = rows.length > 0 ? noneLeft : intl.formatMessage(messages.nothingToReview);

  return (
    <>
      <div className="sample-plugin-reviews-workspace__body" data-shows={address.change ? 'change' : 'queue'}>
        <nav className="sample-plugin-reviews-workspace__queue" aria-label={intl.formatMessage(messages.queue)}>
          <ScopeMenu library={library} scope={scope} imports={imports} />
          <Filters rows={rows} filter={filter} grouping={grouping} />
          {error ? <div className="p-3"><ErrorMessage error={error} onRetry={refetch} /></div> : null}
          {areFiltersPainted && (
            <Queue
              library={library}
              groups={groups}
              openKey={openKey}
              isLoading={!isComplete && rows.length === 0 && !error}
              empty={empty}
              isFiltered={rows.length > 0}
              selected={selected}
              onSelect={select}
              onOpen={open}
            />
          )}
          {isComplete && total > rows.length && (
            <p className="small px-3 py-1 mb-0">{intl.formatMessage(messages.firstRows, { count: rows.length, total })}</p>
          )}
        </nav>
        <main ref={main} tabIndex={-1} className="sample-plugin-reviews-workspace__change">
          {openKey === null || !isQueuePainted
            ? null
            : (
              <ChangePane
                key={openKey}
                library={library}
                entityKey={openKey}
                tab={address.tab}
                heading={focusHeading}
                verdicts={verdicts}
                onStep={step}
                hasNext={next !== undefined}
                hasPrevious={nextOf(ordered, openKey, -1) !== undefined}
              />
            )}
        </main>
      </div>
      <div className="sample-plugin-reviews-workspace__bottom small">
        {selected.length > 0 && (
          <>
            {scope !== SELECTED && (
              <Button
                size="sm"
                variant="outline-primary"
                onClick={() => move({ scope: SELECTED, change: '', filter: NO_FILTER })}
              >
                {intl.formatMessage(messages.reviewSelected, { count: selected.length })}
              </Button>
            )}
            <Button
              size="sm"
              variant="tertiary"
              onClick={() => select([])}
            >
              {intl.formatMessage(messages.clearSelection)}
            </Button>
          </>
        )}
        <ApproveRest library={library} rows={found} verdicts={verdicts} />
        {library.may.request_review && (
          <Optional>
            <AskForThese
              library={library}
              scope={scope}
              rows={rows}
              found={found}
              selected={selected}
              verdicts={verdicts}
            />
          </Optional>
        )}
        <Notice verdicts={verdicts} hasShortcuts onShow={(key) => move({ change: key })} />
      </div>
    </>
  );
};

const Page = ({ libraryKey }: { libraryKey: string }) => {
  const intl = useIntl();
  const { address, close } = useAddress();
  const [areSettingsOpen, , , toggleSettings] = useToggle(false);
  const [isHelpOpen, openHelp, closeHelp] = useToggle(false);
  const { data: library, error, refetch } = useLibrary(libraryKey);
  const { data: imports } = useImports(libraryKey, library?.revision);
  const imported = imports?.results.find(({ draft_change_log_id: id }) => importScope(id) === address.scope);
  const isPainted = useIsPainted();
  useShortcuts({ '?': openHelp });

  const actions = (
    <>
      {library?.may.publish_reviewed && <PublishReviewed library={library} imported={imported} />}
      <IconButton
        src={Settings}
        iconAs={Icon}
        alt={intl.formatMessage(messages.settings)}
        aria-expanded={areSettingsOpen}
        onClick={toggleSettings}
      />
      <IconButton src={Keyboard} iconAs={Icon} alt={intl.formatMessage(messages.shortcuts)} onClick={openHelp} />
    </>
  );
  return (
    <FullPage
      title={intl.formatMessage(messages.title, { library: library?.title ?? '' })}
      link={(
        <Button size="sm" variant="tertiary" onClick={() => openReviews(MINE)}>
          {intl.formatMessage(messages.mine)}
        </Button>
      )}
      actions={actions}
      onClose={close}
    >
      {areSettingsOpen && library && (
        <section aria-label={intl.formatMessage(messages.settings)} className="sample-plugin-reviews-fullpage__part">
          <Suspense fallback={<Loading />}><ReviewPolicy library={library} /></Suspense>
        </section>
      )}
      {library && <ModeLine library={library} />}
      {library && error !== null && <SessionAlert error={error} />}
      {!library && (
        <div className="p-4">{error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />}</div>
      )}
      {/* The click is answered first. */}
      {library && isPainted && <Reviewing library={library} imports={imports?.results} />}
      {isHelpOpen && <ShortcutsDialog onClose={closeHelp} />}
    </FullPage>
  );
};

interface Props {
  libraryKey: string;
  /** The page's address, which says what of the library to show. */
  params: URLSearchParams;
  onClose: () => void;
}

export const Workspace = ({ libraryKey, params, onClose }: Props) => (
  <AddressProvider params={params} close={onClose}><Page libraryKey={libraryKey} /></AddressProvider>
);
