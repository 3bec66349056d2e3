import { useEffect, useRef } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Badge, Button } from '@openedx/paragon';
import { FactCheck } from '@openedx/paragon/icons';

import { closePanel, openPanel, useIsPanelOpen } from '../panelState';
import messages from './messages';

interface Props {
  /** How many changes await review; undefined if that is not known. */
  unreviewed?: number;
  /** In how many of the person's own somebody asks for changes. */
  requested?: number;
}

export const ReviewsButton = ({ unreviewed, requested = 0 }: Props) => {
  const intl = useIntl();
  const isOpen = useIsPanelOpen();
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);

  useEffect(() => {
    // Whoever closes the panel goes on where they opened it. Focus that is already elsewhere on the page stays there.
    if (wasOpen.current && !isOpen && document.activeElement === document.body) { button.current?.focus(); }
    wasOpen.current = isOpen;
  }, [isOpen]);

  return (
    <Button
      ref={button}
      variant="tertiary"
      size="sm"
      iconBefore={FactCheck}
      aria-expanded={isOpen}
      aria-label={unreviewed ? intl.formatMessage(messages.waiting, { count: unreviewed, requested }) : undefined}
      onClick={() => (isOpen ? closePanel() : openPanel())}
    >
      {intl.formatMessage(messages.reviews)}
      {!!unreviewed && <Badge variant="warning" className="ml-2">{intl.formatNumber(unreviewed)}</Badge>}
      {requested > 0 && (
        <Badge variant="danger" className="ml-1">
          <span className="d-none d-md-inline">{intl.formatMessage(messages.needChanges, { requested })}</span>
          {/* There is no room for words, and the color alone is no sign. */}
          <span className="d-md-none">{`${intl.formatNumber(requested)} !`}</span>
        </Badge>
      )}
    </Button>
  );
};
