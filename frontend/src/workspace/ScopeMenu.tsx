/** Which part of the library is reviewed: all of it, an import, what Studio would not publish, or one container. */
import type { ChangeEvent } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Form } from '@openedx/paragon';

import type { Library } from '../data/api';
import { useEntities, useImports } from '../data/apiHooks';
import { usePanelState } from '../panelState';
import {
  ALL, BLOCKED, importScope, useAddress, type Scope,
} from './address';
import messages from './messages';

export const ScopeMenu = ({ library, scope }: { library: Library, scope: Scope }) => {
  const intl = useIntl();
  const { move } = useAddress();
  const { refusal } = usePanelState();
  const { data: imports } = useImports(library.key);
  const isContainer = scope.startsWith('lct:');
  const { data: containers } = useEntities(isContainer ? [scope] : []);

  const scopes: [Scope, string][] = [
    [ALL, intl.formatMessage(messages.scopeAll, { count: library.counts.unpublished })],
    ...(refusal?.libraryKey === library.key && refusal.keys.length > 0
      ? [[BLOCKED, intl.formatMessage(messages.scopeBlocked, { count: refusal.keys.length })] as [Scope, string]] : []),
    ...(isContainer
      ? [[scope, intl.formatMessage(messages.scopeContainer, { title: containers?.results[0]?.title ?? '…' })] as [Scope, string]] : []),
    ...(imports?.results ?? []).map(({ draft_change_log_id: id, source, unpublished }): [Scope, string] => [
      importScope(id), intl.formatMessage(messages.scopeImport, { hasSource: source !== '', source, count: unpublished }),
    ]),
  ];
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
};
