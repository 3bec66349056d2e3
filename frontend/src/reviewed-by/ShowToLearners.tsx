/** Whether learners see that a library's content was reviewed: a switch for who decides it, a sentence for others. */
import { useId } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Form } from '@openedx/paragon';

import { ErrorMessage } from '../common';
import { useShownLibrary } from './requests';
import messages from './messages';

export const ShowToLearners = ({ libraryKey }: { libraryKey: string }) => {
  const intl = useIntl();
  const hintId = useId();
  const { setting, set } = useShownLibrary(libraryKey);
  // What is on can be switched off, also where the site is off: Studio's setting need not be that of the LMS.
  if (!setting?.is_shown_on_site && !setting?.is_shown) { return null; }
  const { is_shown: isShown, may_manage_policy: mayDecide } = setting;
  if (!mayDecide) {
    return isShown ? <p className="small mb-0">{intl.formatMessage(messages.isShown)}</p> : null;
  }
  return (
    <div className="mb-3">
      <Form.Switch
        checked={set.isPending ? set.variables.is_shown : isShown}
        aria-describedby={hintId}
        onChange={({ target }: { target: { checked: boolean } }) => set.mutate({ is_shown: target.checked })}
      >
        {intl.formatMessage(messages.show)}
      </Form.Switch>
      <p id={hintId} className="small mb-0">{intl.formatMessage(messages.showMeans)}</p>
      {set.error && <div className="mt-2"><ErrorMessage error={set.error} /></div>}
    </div>
  );
};
