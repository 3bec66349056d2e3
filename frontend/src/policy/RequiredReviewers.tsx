/** How many people have to review a change: for those who decide it. */
import { useState, type FormEvent } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, Form } from '@openedx/paragon';

import { useErrorSentence } from '../common';
import type { Library } from '../data/api';
import { useSetPolicy } from '../data/apiHooks';
import messages from './messages';

const MOST = 20;

export const RequiredReviewers = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const sentenceOf = useErrorSentence();
  const policy = useSetPolicy(library.key);
  const { required_reviewers: reviewers, required_reviewers_by: decidedBy } = library;
  const [text, setText] = useState(String(reviewers));
  const number = Number(text);
  const isPossible = Number.isInteger(number) && number >= 1 && number <= MOST;
  const isNew = text !== String(reviewers);
  const remark = () => {
    if (policy.error) { return sentenceOf(policy.error); }
    if (isNew && !isPossible) { return intl.formatMessage(messages.reviewersRange, { most: MOST }); }
    return decidedBy === 'default' ? intl.formatMessage(messages.reviewersDefault) : undefined;
  };

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (isNew && isPossible) { policy.mutate({ required_reviewers: number }); }
  };

  return (
    <form className="d-flex flex-wrap align-items-start mt-3" style={{ gap: '.5rem' }} onSubmit={save} noValidate>
      <Form.Group size="sm" className="mb-0" style={{ width: '11rem' }} isInvalid={isNew && !isPossible}>
        <Form.Control
          type="number"
          min={1}
          max={MOST}
          floatingLabel={intl.formatMessage(messages.reviewersNeeded)}
          value={text}
          disabled={policy.isPending}
          onChange={(event: { target: { value: string } }) => setText(event.target.value)}
        />
        {remark() && (
          <Form.Control.Feedback type={policy.error || (isNew && !isPossible) ? 'invalid' : 'default'}>
            {remark()}
          </Form.Control.Feedback>
        )}
      </Form.Group>
      {isNew && isPossible && (
        <Button type="submit" size="sm" variant="outline-primary" disabled={policy.isPending}>
          {intl.formatMessage(messages.save)}
        </Button>
      )}
      {decidedBy === 'policy' && !isNew && (
        <Button
          size="sm"
          variant="tertiary"
          disabled={policy.isPending}
          onClick={() => policy.mutate({ required_reviewers: null })}
        >
          {intl.formatMessage(messages.reviewersUseDefault)}
        </Button>
      )}
    </form>
  );
};
