/** Whether the library requires reviews, and the switch for those who decide it. */
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  ActionRow, AlertModal, Button, Form, StatefulButton, useToggle,
} from '@openedx/paragon';

import { ErrorMessage } from '../common';
import type { Library } from '../data/api';
import { useSetReviewRequired } from '../data/apiHooks';
import messages from './messages';

export const ReviewPolicy = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const [isAsking, ask, stopAsking] = useToggle(false);
  const setRequired = useSetReviewRequired(library.key);
  const { review_required: isRequired, may } = library;

  const change = (required: boolean) => setRequired.mutate(required, { onSettled: stopAsking });

  if (!may.manage_policy) {
    return (
      <p className="small">{intl.formatMessage(isRequired ? messages.required : messages.notRequired)}</p>
    );
  }
  return (
    <div className="mb-3">
      <Form.Switch
        checked={isRequired}
        disabled={setRequired.isPending}
        // Closing the gate is done at once, opening it is asked about.
        onChange={() => (isRequired ? ask() : change(true))}
        helperText={<span>{intl.formatMessage(isRequired ? messages.required : messages.notRequired)}</span>}
      >
        {intl.formatMessage(messages.requireReviews)}
      </Form.Switch>
      {setRequired.error && <ErrorMessage error={setRequired.error} />}
      <AlertModal
        title={intl.formatMessage(messages.stopRequiring)}
        isOpen={isAsking}
        onClose={stopAsking}
        isOverflowVisible={false}
        footerNode={(
          <ActionRow>
            <Button variant="tertiary" onClick={stopAsking}>{intl.formatMessage(messages.cancel)}</Button>
            <StatefulButton
              variant="danger"
              state={setRequired.isPending ? 'pending' : 'default'}
              labels={{ default: intl.formatMessage(messages.stopRequiringConfirm) }}
              onClick={() => change(false)}
            />
          </ActionRow>
        )}
      >
        <p>{intl.formatMessage(messages.stopRequiringMeans, { library: library.title })}</p>
      </AlertModal>
    </div>
  );
};
