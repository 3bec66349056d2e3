/** Which part of the library is reviewed: all, an import, a container, a selection, or what blocked a publish. */
import { memo, type ChangeEvent } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Form } from '@openedx/paragon';

import type { Import, Library } from '../data/api';
import { useEntity } from '../data/queueHooks';
import {
  ALL, BLOCKED, SELECTED, type Scope,
} from '../reviewsAddress';
import { useKeys } from '../tabStorage';
import { importScope, useAddress } from './address';
import messages from './messages';

interface Props {
  library: Library;
  scope: Scope;
  /** Undefined while they are loading. */
  imports: Import[] | undefined;
}

export const ScopeMenu = memo(({ library, scope, imports }: Props) => {
  const intl = useIntl();
  const { move } = useAddress();
  const blocked = useKeys(library.key, 'blocked');
  const selected = useKeys(library.key, 'selected');
  const isContainer = scope.startsWith('lct:');
  const { data: container } = useEntity(isContainer ? scope : undefined, library.revision);

  const scopes: [Scope, string][] = [
    [ALL, intl.formatMessage(messages.scopeAll, { count: library.counts.unpublished })],
    ...(blocked.length > 0
      ? [[BLOCKED, intl.formatMessage(messages.scopeBlocked, { count: blocked.length })] as [Scope, string]] : []),
    ...(selected.length > 0
      ? [[SELECTED, intl.formatMessage(messages.scopeSelected, { count: selected.length })] as [Scope, string]] : []),
    ...(isContainer
      ? [[scope, intl.formatMessage(messages.scopeContainer, { title: container?.title ?? '…' })] as [Scope, string]] : []),
    ...(imports ?? []).map(({ draft_change_log_id: id, source, unpublished }): [Scope, string] => [
      importScope(id), intl.formatMessage(messages.scopeImport, { hasSource: source !== '', source, count: unpublished }),
    ]),
  ];
  // An import that is published is not in the list of them any more, and somebody may still be there.
  if (imports && scope.startsWith(importScope('')) && !scopes.some(([each]) => each === scope)) {
    scopes.push([scope, intl.formatMessage(messages.scopeImport, { hasSource: false, source: '', count: 0 })]);
  }
  // With nothing to choose from, there is no menu.
  if (scopes.length === 1 && scope === ALL) { return null; }
  return (
    <div className="px-3 pt-2">
      <Form.Control
        as="select"
        size="sm"
        aria-label={intl.formatMessage(messages.scope)}
        value={scopes.some(([each]) => each === scope) ? scope : ALL}
        onChange={(event: ChangeEvent<HTMLSelectElement>) => move({ scope: event.target.value, change: '' })}
      >
        {scopes.map(([each, label]) => <option key={each} value={each}>{label}</option>)}
      </Form.Control>
    </div>
  );
});
