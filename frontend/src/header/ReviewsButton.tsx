import { forwardRef } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Badge, Button, Icon } from '@openedx/paragon';
import { FactCheck } from '@openedx/paragon/icons';

import type { Library } from '../data/api';
import messages from './messages';

// Four digits would reach under Studio's user menu.
const MOST_SHOWN = 99;

interface Props {
  /** How many changes wait for the person who looks; undefined if that is not known. */
  waitsForMe: Library['waits_for_me'] | undefined;
  /** Whether what it opens is open. */
  isOpen: boolean;
  onClick: () => void;
  /** Called when the pointer or the focus reaches the button. */
  onApproach: () => void;
}

/** An icon with a number, and the word “Reviews” where the header has room for it: see header.css. */
export const ReviewsButton = forwardRef<HTMLButtonElement, Props>(({
  waitsForMe, isOpen, onClick, onApproach,
}, ref) => {
  const intl = useIntl();
  const { to_review: toReview = 0, to_answer: toAnswer = 0 } = waitsForMe ?? {};
  const count = toReview + toAnswer;

  return (
    <Button
      ref={ref}
      variant="tertiary"
      size="sm"
      className="sample-plugin-reviews-button"
      title={intl.formatMessage(messages.reviews)}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-label={intl.formatMessage(messages.waiting, { toReview, toAnswer, count })}
      onClick={onClick}
      onPointerEnter={onApproach}
      onFocus={onApproach}
    >
      <Icon src={FactCheck} />
      <span className="sample-plugin-reviews-button__word">{intl.formatMessage(messages.reviews)}</span>
      {count > 0 && (
        <Badge variant="warning">
          {count > MOST_SHOWN ? intl.formatMessage(messages.moreThan, { count: MOST_SHOWN }) : intl.formatNumber(count)}
        </Badge>
      )}
    </Button>
  );
});
