/** What was done last, with a way back. The line has its place: it covers nothing, and moves nothing. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import { useErrorSentence } from '../common';
import { statusOf } from '../data/errors';
import { LogInLink } from './LogInLink';
import type { Verdicts } from './useVerdicts';
import messages from './messages';
import './verdict.css';

interface Props {
  verdicts: Verdicts;
  /** Whether the key u undoes, too. */
  hasShortcuts?: boolean;
  /** Where the change is not open any more. */
  onShow?: (key: string) => void;
}

export const Notice = ({ verdicts: { said, undo }, hasShortcuts = false, onShow }: Props) => {
  const intl = useIntl();
  const sentenceOf = useErrorSentence();

  const content = () => {
    if (!said) { return null; }
    if ('error' in said) {
      const { title, key, error } = said;
      const isLoggedOut = statusOf(error) === 401;
      return (
        <>
          <span className="text-danger">
            {intl.formatMessage(messages.failed, {
              title, reason: isLoggedOut ? intl.formatMessage(messages.loggedOut) : sentenceOf(error),
            })}
          </span>
          {isLoggedOut && <LogInLink />}
          {onShow && (
            <Button size="sm" variant="outline-primary" onClick={() => onShow(key)}>
              {intl.formatMessage(messages.showAgain)}
            </Button>
          )}
        </>
      );
    }
    return (
      <>
        <span>{said.sentence}</span>
        {said.undo && (
          <Button size="sm" variant="outline-primary" aria-keyshortcuts={hasShortcuts ? 'u' : undefined} onClick={undo}>
            {intl.formatMessage(messages.undo)}
          </Button>
        )}
      </>
    );
  };
  return <div role="status" className="sample-plugin-reviews-notice" dir="auto">{content()}</div>;
};
