/** The rule that conversations are resolved before a publish: a switch for who decides it, a sentence for others. */
import { useId } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Form } from '@openedx/paragon';

import { ErrorMessage } from '../common';
import { useRule, useSetRule } from './hooks';
import messages from './messages';

export const RequireResolved = ({ libraryKey }: { libraryKey: string }) => {
  const intl = useIntl();
  const hintId = useId();
  const { data: rule } = useRule(libraryKey, { isDecided: true });
  const set = useSetRule(libraryKey);
  if (!rule) { return null; }
  const { resolution_required: isRequired, may_manage_policy: mayDecide } = rule;
  if (!mayDecide) {
    return isRequired ? <p className="small mb-0">{intl.formatMessage(messages.ruleHolds)}</p> : null;
  }
  return (
    <div className="mb-3">
      <Form.Switch
        checked={set.isPending ? set.variables : isRequired}
        aria-describedby={hintId}
        onChange={({ target }: { target: { checked: boolean } }) => set.mutate(target.checked)}
      >
        {intl.formatMessage(messages.rule)}
      </Form.Switch>
      <p id={hintId} className="small mb-0">{intl.formatMessage(messages.ruleMeans)}</p>
      {set.error && <div className="mt-2"><ErrorMessage error={set.error} /></div>}
    </div>
  );
};
