/** The settings: whether reviews are required, how many, whose, and when a change waits for one. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form } from '@openedx/paragon';

import type { Library } from '../data/api';
import {
  MODES, MOST_REVIEWERS, RULES, STARTS, isNumberOfReviewers, type Draft,
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

interface ChoiceProps<Value extends string> {
  label: string;
  values: Value[];
  nameOf: (value: Value) => string;
  /** What applies, and whether the library's policy or the site's default decides that. */
  inForce: Value;
  decidedBy: string;
  /** Null for the site's default. */
  chosen: Value | null | undefined;
  onChoose: (value: Value | null) => void;
}

const Choice = <Value extends string>({
  label, values, nameOf, inForce, decidedBy, chosen, onChoose,
}: ChoiceProps<Value>) => {
  const intl = useIntl();
  const ownNow = decidedBy === 'policy' ? inForce : null;
  return (
    <Form.Group size="sm" className="mt-3 mb-0">
      <Form.Control
        as="select"
        floatingLabel={label}
        value={(chosen === undefined ? ownNow : chosen) ?? DEFAULT}
        onChange={({ target }: Changed) => onChoose(values.find((each) => each === target.value) ?? null)}
      >
        {values.map((each) => <option key={each} value={each}>{nameOf(each)}</option>)}
        <option value={DEFAULT}>{intl.formatMessage(messages.useDefault)}</option>
      </Form.Control>
      {chosen === undefined && decidedBy === 'default' && <Form.Text>{nameOf(inForce)}</Form.Text>}
    </Form.Group>
  );
};

export const WhoMayReview = ({ library, draft, onChange }: Props) => {
  const intl = useIntl();
  return (
    <Choice
      label={intl.formatMessage(messages.whoMayReview)}
      values={[...RULES].reverse()}
      nameOf={(rule) => intl.formatMessage(messages.whoMayReviewRule, { rule })}
      inForce={library.who_may_review}
      decidedBy={library.who_may_review_by}
      chosen={draft.rule}
      onChoose={(rule) => onChange({ rule })}
    />
  );
};

export const ReviewStarts = ({ library, draft, onChange }: Props) => {
  const intl = useIntl();
  return (
    <Choice
      label={intl.formatMessage(messages.reviewStarts)}
      values={STARTS}
      nameOf={(starts) => intl.formatMessage(messages.reviewStartsRule, { starts })}
      inForce={library.review_starts}
      decidedBy={library.review_starts_by}
      chosen={draft.starts}
      onChoose={(starts) => onChange({ starts })}
    />
  );
};
