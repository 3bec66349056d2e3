import { memo } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { CheckboxControl } from '@openedx/paragon';

import { Ago } from '../common';
import type { QueueRow } from '../data/api';
import { isMe } from '../data/own';
import { Due, isPressing } from '../entity/Due';
import messages from './messages';

interface Props {
  row: QueueRow;
  /** Which of how many it is. */
  position: number;
  count: number;
  required: number;
  /** In pixels, from the top of the list. */
  top: number;
  height: number;
  isOpen: boolean;
  isSelected: boolean;
  /** Whether the tab key leads to it: to one of the list. */
  isTabStop: boolean;
  onSelect: (row: QueueRow) => void;
  onOpen: (row: QueueRow) => void;
}

const stateOf = (row: QueueRow, required: number) => {
  if (row.state === 'unreviewed' && row.review_request?.awaited.some(isMe)) { return 'asked'; }
  if (row.state === 'unreviewed' && row.is_outdated) { return 'outdated'; }
  return row.state === 'unreviewed' && row.review_count > 0 && required > 1 ? 'partly' : row.state;
};

/** One change in the queue. Rendered again only if it looks different: the list is rendered at each step and scroll. */
export const QueueLine = memo(({
  row, position, count, required, top, height, isOpen, isSelected, isTabStop, onSelect, onOpen,
}: Props) => {
  const intl = useIntl();
  const state = stateOf(row, required);
  const due = row.review_request?.due;
  return (
    <div
      role="listitem"
      aria-setsize={count}
      aria-posinset={position}
      className="sample-plugin-reviews-workspace__row"
      style={{ top, height }}
    >
      {row.key !== null && (
        <CheckboxControl
          aria-label={intl.formatMessage(messages.select, { title: row.title })}
          checked={isSelected}
          onChange={() => onSelect(row)}
        />
      )}
      <button
        type="button"
        disabled={row.key === null}
        aria-current={isOpen || undefined}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => onOpen(row)}
      >
        <span className="sample-plugin-reviews-workspace__title" dir="auto">{row.title}</span>
        <span className="sample-plugin-reviews-workspace__state" data-state={state}>
          {intl.formatMessage(messages.rowState, { state, count: row.review_count, required })}
        </span>
        <span className="sample-plugin-reviews-workspace__line">
          {/* In place of the time: there is no room for both. */}
          {isPressing(due) && <><Due day={due!} />{' · '}</>}
          {intl.formatMessage(messages.rowLine, {
            type: row.block_type,
            change: row.change ?? 'none',
            author: row.changed_by?.name || row.changed_by?.username || intl.formatMessage(messages.unknownAuthor),
          })}
          {row.changed_at && !isPressing(due) && <>{' · '}<Ago time={row.changed_at} /></>}
        </span>
      </button>
    </div>
  );
});
