/** The changes, one line or two each. Only those in sight are in the page: there may be thousands. */
import {
  useCallback, useEffect, useMemo, useRef, type KeyboardEvent,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';
import { useVirtualizer } from '@tanstack/react-virtual';

import { Loading } from '../common';
import type { Library, QueueRow } from '../data/api';
import { useAddress } from './address';
import { QueueLine } from './QueueLine';
import { NO_FILTER, type Group } from './rows';
import messages from './messages';

const GROUP_HEIGHT = 22; // pixels
const ROW_HEIGHT = 36;

interface Props {
  library: Library;
  groups: Group[];
  openKey: string | null;
  isLoading: boolean;
  /** What to say if there are none. */
  empty: string;
  /** Whether there are changes that the filter leaves out. */
  isFiltered: boolean;
  /** The keys of the rows whose boxes are checked. */
  selected: string[];
  onSelect: (keys: string[]) => void;
  onOpen: (row: QueueRow) => void;
}

export const Queue = ({
  library, groups, openKey, isLoading, empty, isFiltered, selected, onSelect, onOpen,
}: Props) => {
  const intl = useIntl();
  const { move, address } = useAddress();
  const list = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => groups.flatMap((group) => [
    { group, row: null }, ...group.rows.map((row) => ({ group, row })),
  ]), [groups]);
  const rows = useMemo(() => lines.flatMap(({ row }) => row ?? []), [lines]);
  const position = useMemo(() => new Map(rows.map((row, index) => [row, index + 1])), [rows]);
  const openIndex = lines.findIndex(({ row }) => row?.key != null && row.key === openKey);

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => list.current,
    estimateSize: (index) => (lines[index]?.row ? ROW_HEIGHT : GROUP_HEIGHT),
    overscan: 4,
  });
  useEffect(() => {
    if (openIndex >= 0) { virtualizer.scrollToIndex(openIndex, { align: 'auto' }); }
  }, [openIndex, virtualizer]);
  useEffect(() => { virtualizer.measure(); }, [lines, virtualizer]);

  const toggle = useCallback(({ key }: QueueRow) => {
    if (key === null) { return; }
    onSelect(selected.includes(key) ? selected.filter((each) => each !== key) : [...selected, key]);
  }, [onSelect, selected]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const place = rows.findIndex(({ key }) => key !== null && key === openKey);
    const row = step && rows[place + step];
    if (row) {
      event.preventDefault();
      onOpen(row);
      // The line is there once it is in sight.
      setTimeout(() => list.current?.querySelector<HTMLElement>('[aria-current]')?.focus(), 0);
    }
  };

  if (isLoading) { return <div className="p-3"><Loading /></div>; }
  if (rows.length === 0) {
    return (
      <div className="p-3 flex-grow-1">
        <p>{empty}</p>
        {isFiltered && (
          <Button size="sm" variant="outline-primary" onClick={() => move({ filter: NO_FILTER })}>
            {intl.formatMessage(messages.showAll)}
          </Button>
        )}
      </div>
    );
  }
  return (
    // The arrow keys are a shortcut for the buttons in it, which everybody can reach.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div ref={list} className="sample-plugin-reviews-workspace__list" role="list" onKeyDown={onKeyDown}>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {virtualizer.getVirtualItems().map(({ index, start, size }) => {
          const { group, row } = lines[index]!;
          if (!row) {
            return (
              <div
                key={`group ${group.key}`}
                className="sample-plugin-reviews-workspace__group"
                style={{ top: start, height: size }}
                dir="auto"
              >
                {group.titles.length > 0
                  ? group.titles.join(' › ')
                  : intl.formatMessage(messages.group, { grouping: address.grouping, key: group.key || 'none' })}
                {` (${intl.formatNumber(group.rows.length)})`}
              </div>
            );
          }
          return (
            <QueueLine
              key={row.key ?? `record ${row.draft_change_log_record_id} ${index}`}
              row={row}
              position={position.get(row)!}
              count={rows.length}
              required={library.required_reviewers}
              top={start}
              height={size}
              isOpen={index === openIndex}
              isSelected={row.key !== null && selected.includes(row.key)}
              isTabStop={index === openIndex || (openIndex === -1 && index === 1)}
              onSelect={toggle}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
};
