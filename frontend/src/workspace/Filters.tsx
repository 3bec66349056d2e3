/** Which changes the queue shows. Each choice says how many there are with it, as the other choices are now. */
import { memo, useMemo, type ChangeEvent } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form, useToggle } from '@openedx/paragon';

import { ChoiceButtons } from '../common';
import type { QueueRow } from '../data/api';
import { useAddress } from './address';
import {
  AGES, GROUPINGS, NO_FILTER, STATES, WHOSE, authorOf, countEach, type Filter, type Grouping,
} from './rows';
import messages from './messages';

interface Props {
  rows: QueueRow[];
  filter: Filter;
  grouping: Grouping;
}

type Choice = 'state' | 'author' | 'type' | 'age';
const CHOICES: Choice[] = ['state', 'author', 'type', 'age'];

export const Filters = memo(({ rows, filter, grouping }: Props) => {
  const intl = useIntl();
  const { move } = useAddress();
  const isFiltered = CHOICES.some((name) => filter[name] !== '');
  const [isOpen, , , toggle] = useToggle(isFiltered);
  const set = (part: Partial<Filter>) => move({ filter: { ...filter, ...part } });

  const unknown = intl.formatMessage(messages.unknownAuthor);
  const authors = useMemo(() => new Map(rows.map((row) => [
    authorOf(row), row.changed_by?.name || row.changed_by?.username || unknown,
  ])), [rows, unknown]);
  const types = useMemo(() => [...new Set(rows.map(({ block_type: type }) => type))].sort(), [rows]);
  const whoseCounts = useMemo(() => countEach(rows, filter, 'whose', WHOSE), [rows, filter]);

  const values: Record<Choice, readonly string[]> = {
    state: STATES, author: [...authors.keys()].sort(), type: types, age: AGES,
  };
  const labelOf = (name: Choice, value: string, count: number) => {
    if (name === 'author') { return intl.formatMessage(messages.authorChoice, { name: authors.get(value), count }); }
    return intl.formatMessage(messages[`${name}Choice`], { value, count });
  };

  return (
    <div role="search" className="sample-plugin-reviews-workspace__filters">
      <ChoiceButtons
        label={intl.formatMessage(messages.whose)}
        values={WHOSE}
        chosen={filter.whose}
        labelOf={(each) => intl.formatMessage(messages.whoseChoice, { whose: each, count: whoseCounts.get(each)! })}
        onChoose={(whose) => set({ whose })}
        buttonClassName="px-2 text-nowrap"
      />
      <div className="d-flex align-items-center" style={{ gap: '.25rem' }}>
        <Form.Control
          type="search"
          size="sm"
          className="flex-grow-1 mr-0"
          aria-label={intl.formatMessage(messages.search)}
          placeholder={intl.formatMessage(messages.search)}
          value={filter.text}
          onChange={(event: ChangeEvent<HTMLInputElement>) => set({ text: event.target.value })}
        />
        <Button size="sm" variant="tertiary" aria-expanded={isOpen} onClick={toggle}>
          {intl.formatMessage(messages.filters)}
        </Button>
      </div>
      {isOpen && (
        <div className="sample-plugin-reviews-workspace__choices">
          {CHOICES.map((name) => {
            const counts = countEach(rows, filter, name, values[name] as any);
            return (
              <Form.Control
                key={name}
                as="select"
                size="sm"
                aria-label={intl.formatMessage(messages[name])}
                value={filter[name]}
                onChange={(event: ChangeEvent<HTMLSelectElement>) => set({ [name]: event.target.value })}
              >
                <option value="">{intl.formatMessage(messages[`${name}Any`])}</option>
                {values[name].map((value) => (
                  <option key={value} value={value}>{labelOf(name, value, counts.get(value as any)!)}</option>
                ))}
              </Form.Control>
            );
          })}
          <Form.Control
            as="select"
            size="sm"
            aria-label={intl.formatMessage(messages.grouping)}
            value={grouping}
            onChange={(event: ChangeEvent<HTMLSelectElement>) => move({ grouping: event.target.value as Grouping })}
          >
            {GROUPINGS.map((each) => (
              <option key={each} value={each}>{intl.formatMessage(messages.groupingChoice, { grouping: each })}</option>
            ))}
          </Form.Control>
          <Button
            size="sm"
            variant="tertiary"
            disabled={!isFiltered && !filter.text}
            onClick={() => set({ ...NO_FILTER, whose: filter.whose })}
          >
            {intl.formatMessage(messages.clearFilters)}
          </Button>
        </div>
      )}
    </div>
  );
});
