/** The library's unpublished changes: what to show of them, and the list. */
import { useEffect, useId, useRef } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form, Spinner } from '@openedx/paragon';

import { ErrorMessage, Loading, useDebounced } from '../common';
import type { Library, ReviewState } from '../data/api';
import { useChanges } from '../data/apiHooks';
import { distinct } from '../data/distinct';
import { setPanelState, usePanelState } from '../panelState';
import { ChangeList } from './ChangeList';
import type { Seen } from './useSeen';
import messages from './messages';

const STATES: ReviewState[] = ['unreviewed', 'changes_requested', 'outdated', 'reviewed', 'all'];
const WHOSE = [false, true];
const KINDS = ['component', 'unit', 'subsection', 'section'];

export const Changes = ({ library, seen }: { library: Library, seen: Seen }) => {
  const intl = useIntl();
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const {
    state, isMine, text, kind, shownImport,
  } = usePanelState();
  const imported = shownImport?.libraryKey === library.key ? shownImport.imported : undefined;
  const changeLogId = imported?.draft_change_log_id;
  const shownText = useDebounced(text.trim());
  const {
    data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData,
  } = useChanges(library.key, {
    state, text: shownText, kind: kind ? [kind] : [], order: '-changed', mine: isMine || undefined, change_log: changeLogId,
  });

  // The button that was pressed is further up, with the import.
  useEffect(() => { if (changeLogId !== undefined) { heading.current?.focus(); } }, [changeLogId]);

  const { counts, mine } = library;
  const countOfAll: Partial<Record<ReviewState, number>> = isMine ? {
    ...mine, reviewed: mine.unpublished - mine.unreviewed, all: mine.unpublished,
  } : { ...counts, all: counts.unpublished };
  const countOf = imported ? {} : countOfAll;
  const entities = distinct(data?.pages.flatMap(({ results }) => results) ?? []);
  const total = data?.pages[0]?.count ?? 0;

  const list = () => {
    if (error && !data) { return <ErrorMessage error={error} onRetry={refetch} />; }
    if (!data) { return <Loading />; }
    const isFiltered = Boolean(shownText || kind);
    const noneMessage = isMine ? messages.noneOfMine : messages.none;
    return (
      <>
        {/* What is shown is the last that could be loaded. */}
        {error && <ErrorMessage error={error} onRetry={refetch} />}
        <ChangeList
          // What is selected in one list is not in another.
          key={`${state} ${isMine} ${changeLogId}`}
          library={library}
          entities={entities}
          seen={seen}
          empty={intl.formatMessage(isFiltered ? messages.noneFound : noneMessage, { state })}
        />
        {total > 0 && !isPlaceholderData && (
          <p className="small">{intl.formatMessage(messages.shown, { shown: entities.length, total })}</p>
        )}
        {hasNextPage && (
          <Button variant="outline-primary" size="sm" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {intl.formatMessage(messages.showMore)}
          </Button>
        )}
      </>
    );
  };

  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} ref={heading} tabIndex={-1} className="h4">
        {imported
          ? intl.formatMessage(messages.changesOfImport, { hasSource: imported.source !== '', source: imported.source })
          : intl.formatMessage(messages.changes)}
      </h3>
      {imported && (
        <Button
          variant="outline-primary"
          size="sm"
          className="mb-2"
          onClick={() => setPanelState({ shownImport: undefined, takesFocus: true })}
        >
          {intl.formatMessage(messages.showAll)}
        </Button>
      )}
      <div role="group" aria-label={intl.formatMessage(messages.whose)} className="d-flex flex-wrap mb-2" style={{ gap: '.25rem' }}>
        {!imported && WHOSE.map((each) => (
          <Button
            key={String(each)}
            size="sm"
            className="px-2"
            variant={each === isMine ? 'primary' : 'outline-primary'}
            aria-pressed={each === isMine}
            onClick={() => setPanelState({ isMine: each })}
          >
            {intl.formatMessage(messages.whoseFilter, {
              whose: each ? 'mine' : 'all', count: each ? mine.unpublished : counts.unpublished,
            })}
          </Button>
        ))}
      </div>
      <div role="group" aria-label={intl.formatMessage(messages.show)} className="d-flex flex-wrap mb-3" style={{ gap: '.25rem' }}>
        {STATES.map((each) => (
          <Button
            key={each}
            size="sm"
            className="px-2"
            variant={each === state ? 'primary' : 'outline-primary'}
            aria-pressed={each === state}
            onClick={() => setPanelState({ state: each })}
          >
            {intl.formatMessage(messages.stateFilter, { state: each, count: countOf[each] ?? -1 })}
          </Button>
        ))}
      </div>
      <div className="d-flex mb-2" style={{ gap: '.5rem' }}>
        <Form.Group size="sm" className="flex-grow-1 mb-0">
          <Form.Control
            type="search"
            floatingLabel={intl.formatMessage(messages.search)}
            value={text}
            onChange={(event: { target: { value: string } }) => setPanelState({ text: event.target.value })}
          />
        </Form.Group>
        <Form.Group size="sm" className="mb-0">
          <Form.Control
            as="select"
            floatingLabel={intl.formatMessage(messages.kind)}
            value={kind}
            onChange={(event: { target: { value: string } }) => setPanelState({ kind: event.target.value })}
          >
            <option value="">{intl.formatMessage(messages.anyKind)}</option>
            {KINDS.map((each) => (
              <option key={each} value={each}>{intl.formatMessage(messages.type, { type: each })}</option>
            ))}
          </Form.Control>
        </Form.Group>
      </div>
      {isPlaceholderData && <Spinner animation="border" size="sm" screenReaderText={intl.formatMessage(messages.searching)} />}
      {list()}
    </section>
  );
};
