/** Whether the library requires reviews, of how many people and by whom, and the controls for those who decide it. */
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  ActionRow, AlertModal, Button, Form, StatefulButton, useToggle,
} from '@openedx/paragon';

import { ErrorMessage } from '../common';
import type { Library } from '../data/api';
import { useSetPolicy } from '../data/apiHooks';
import { RequiredReviewers } from './RequiredReviewers';
import { WhoMayReview } from './WhoMayReview';
import messages from './messages';

export const ReviewPolicy = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const [isAsking, ask, stopAsking] = useToggle(false);
  const policy = useSetPolicy(library.key);
  const { review_required: isRequired, required_reviewers: reviewers, may } = library;
  const sentence = isRequired
    ? intl.formatMessage(messages.required, { reviewers })
    : intl.formatMessage(messages.notRequired);

  const change = (required: boolean) => policy.mutate({ review_required: required }, { onSettled: stopAsking });

  if (!may.manage_policy) { return <p className="small">{sentence}</p>; }
  return (
    <div className="mb-3">
      <Form.Switch
        checked={isRequired}
        disabled={policy.isPending}
        // Closing the gate is done at once, opening it is asked about.
        onChange={() => (isRequired ? ask() : change(true))}
        helperText={<span>{sentence}</span>}
      >
        {intl.formatMessage(messages.requireReviews)}
      </Form.Switch>
      {policy.error && <ErrorMessage error={policy.error} />}
      {/* A new one when somebody else has decided: what it shows is what is so. */}
      <RequiredReviewers key={`${reviewers} ${library.required_reviewers_by}`} library={library} />
      <WhoMayReview library={library} />
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
              state={policy.isPending ? 'pending' : 'default'}
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
