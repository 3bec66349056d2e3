/** Items one below the other, of which one can do something about several at once. */
import { useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Form } from '@openedx/paragon';

import type { Entity, Library } from '../data/api';
import { keyOf } from '../data/distinct';
import { ChangeCard } from './ChangeCard';
import { SelectionActions } from './SelectionActions';
import { canMark, canWithdraw } from './entityState';
import type { Seen } from './useSeen';
import { useStatus } from './useStatus';
import messages from './messages';

interface Props {
  library: Library;
  entities: Entity[];
  seen: Seen;
  /** What to say if there are none. */
  empty?: string;
}

export const ChangeList = ({
  library, entities, seen, empty,
}: Props) => {
  const intl = useIntl();
  const [selectedKeys, setSelectedKeys] = useState<string[]>([]);
  const { say, status } = useStatus();

  // What Studio has no key for nobody can name.
  const selectable = entities.filter((entity) => (
    entity.key && ((canMark(entity) && !seen.isOutdated(entity)) || canWithdraw(entity))
  ));
  const selected = selectable.filter(({ key }) => selectedKeys.includes(key!));
  const isAll = selectable.length > 0 && selected.length === selectable.length;

  return (
    <>
      <div className="sample-plugin-reviews-panel__status">
        {status}
        {selected.length > 0 && (
          <SelectionActions
            libraryKey={library.key}
            selected={selected}
            seen={seen}
            say={say}
            onDone={() => setSelectedKeys([])}
          />
        )}
      </div>
      {entities.length === 0 && empty && <p>{empty}</p>}
      {selectable.length > 1 && (
        <Form.Checkbox
          className="mb-2"
          checked={isAll}
          isIndeterminate={selected.length > 0 && !isAll}
          onChange={() => setSelectedKeys(isAll ? [] : selectable.map(({ key }) => key!))}
        >
          <span className="small">{intl.formatMessage(messages.selectAll, { count: selectable.length })}</span>
        </Form.Checkbox>
      )}
      <ul className="list-unstyled">
        {entities.map((entity, index) => (
          <ChangeCard
            key={keyOf(entity, index)}
            library={library}
            entity={entity}
            seen={seen}
            say={say}
            checkbox={selectable.length > 1 && selectable.includes(entity) && (
              <Form.Checkbox
                checked={selected.includes(entity)}
                onChange={() => setSelectedKeys((keys) => (
                  keys.includes(entity.key!) ? keys.filter((key) => key !== entity.key) : [...keys, entity.key!]
                ))}
              >
                <span className="sr-only">{intl.formatMessage(messages.select, { title: entity.title })}</span>
              </Form.Checkbox>
            )}
          />
        ))}
      </ul>
    </>
  );
};
