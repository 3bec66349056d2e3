/** Who may review a change: for those who decide it. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Form } from '@openedx/paragon';

import { ErrorMessage } from '../common';
import type { Library, WhoMayReviewEnum } from '../data/api';
import { useSetPolicy } from '../data/apiHooks';
import messages from './messages';

const RULES: WhoMayReviewEnum[] = ['not_contributors', 'not_last_editor', 'anybody'];

export const WhoMayReview = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const policy = useSetPolicy(library.key);
  const { who_may_review: rule, who_may_review_by: decidedBy } = library;
  const isDefault = decidedBy === 'default';

  const change = (chosen: string) => policy.mutate({ who_may_review: RULES.find((each) => each === chosen) ?? null });

  return (
    <>
      <Form.Group size="sm" className="mt-3 mb-0">
        <Form.Control
          as="select"
          floatingLabel={intl.formatMessage(messages.whoMayReview)}
          value={isDefault ? '' : rule}
          disabled={policy.isPending}
          onChange={(event: { target: { value: string } }) => change(event.target.value)}
        >
          {RULES.map((each) => (
            <option key={each} value={each}>{intl.formatMessage(messages.whoMayReviewRule, { rule: each })}</option>
          ))}
          <option value="">{intl.formatMessage(messages.whoMayReviewDefault)}</option>
        </Form.Control>
        {isDefault && <Form.Text>{intl.formatMessage(messages.whoMayReviewRule, { rule })}</Form.Text>}
      </Form.Group>
      {policy.error && <ErrorMessage error={policy.error} />}
    </>
  );
};
