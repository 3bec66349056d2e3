/** The three settings: whether reviews are required, how many, and whose. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form } from '@openedx/paragon';

import type { Library } from '../data/api';
import {
  MODES, MOST_REVIEWERS, RULES, isNumberOfReviewers, type Draft,
} from './draft';
import messages from './messages';

interface Props {
  library: Library;
  draft: Draft;
  onChange: (change: Draft) => void;
}

interface Changed { target: { value: string } }

export const Mode = ({ library, draft, onChange }: Props) => {
  const intl = useIntl();
  return (
    <Form.Group className="mb-0">
      <Form.Label>{intl.formatMessage(messages.mode)}</Form.Label>
      <Form.RadioSet
        name="sample-plugin-reviews-mode"
        value={draft.mode ?? library.mode}
        onChange={({ target }: Changed) => onChange({ mode: MODES.find((each) => each === target.value) })}
      >
        {[...MODES].reverse().map((mode) => (
          <Form.Radio key={mode} value={mode} description={intl.formatMessage(messages.modeMeans, { mode })}>
            {intl.formatMessage(messages.modeName, { mode })}
          </Form.Radio>
        ))}
      </Form.RadioSet>
      {library.required_by === 'default' && !draft.mode && (
        <Form.Text>{intl.formatMessage(messages.isDefault)}</Form.Text>
      )}
    </Form.Group>
  );
};

export const RequiredReviewers = ({ library, draft, onChange }: Props) => {
  const intl = useIntl();
  const { required_reviewers: reviewers, required_reviewers_by: decidedBy } = library;
  const text = draft.reviewers === undefined ? String(reviewers) : draft.reviewers ?? '';
  const isDefault = draft.reviewers === null || (draft.reviewers === undefined && decidedBy === 'default');
  const isInvalid = draft.reviewers !== null && !isNumberOfReviewers(text);
  return (
    <div className="d-flex flex-wrap align-items-start mt-3" style={{ gap: '.5rem' }}>
      <Form.Group size="sm" className="mb-0" style={{ width: '11rem' }} isInvalid={isInvalid}>
        <Form.Control
          type="number"
          min={1}
          max={MOST_REVIEWERS}
          floatingLabel={intl.formatMessage(messages.reviewersNeeded)}
          value={text}
          onChange={({ target }: Changed) => onChange({ reviewers: target.value })}
        />
        {isInvalid && (
          <Form.Control.Feedback type="invalid">
            {intl.formatMessage(messages.reviewersRange, { most: MOST_REVIEWERS })}
          </Form.Control.Feedback>
        )}
        {isDefault && <Form.Text>{intl.formatMessage(messages.isDefault)}</Form.Text>}
      </Form.Group>
      {!isDefault && decidedBy === 'policy' && (
        <Button size="sm" variant="tertiary" onClick={() => onChange({ reviewers: null })}>
          {intl.formatMessage(messages.reviewersUseDefault)}
        </Button>
      )}
    </div>
  );
};

// Not an empty value: Paragon would show the label in its place.
const DEFAULT = 'default';

export const WhoMayReview = ({ library, draft, onChange }: Props) => {
  const intl = useIntl();
  const { who_may_review: rule, who_may_review_by: decidedBy } = library;
  const isDefault = draft.rule === undefined && decidedBy === 'default';
  const ruleNow = decidedBy === 'policy' ? rule : null;
  return (
    <Form.Group size="sm" className="mt-3 mb-0">
      <Form.Control
        as="select"
        floatingLabel={intl.formatMessage(messages.whoMayReview)}
        value={(draft.rule === undefined ? ruleNow : draft.rule) ?? DEFAULT}
        onChange={({ target }: Changed) => onChange({ rule: RULES.find((each) => each === target.value) ?? null })}
      >
        {[...RULES].reverse().map((each) => (
          <option key={each} value={each}>{intl.formatMessage(messages.whoMayReviewRule, { rule: each })}</option>
        ))}
        <option value={DEFAULT}>{intl.formatMessage(messages.whoMayReviewDefault)}</option>
      </Form.Control>
      {isDefault && <Form.Text>{intl.formatMessage(messages.whoMayReviewRule, { rule })}</Form.Text>}
    </Form.Group>
  );
};
