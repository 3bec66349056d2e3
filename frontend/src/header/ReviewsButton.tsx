import { useEffect, useRef } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Badge, Button } from '@openedx/paragon';
import { FactCheck } from '@openedx/paragon/icons';

import { closePanel, openPanel, useIsPanelOpen } from '../panelState';
import messages from './messages';

/** `unreviewed` is undefined if the number is not known. */
export const ReviewsButton = ({ unreviewed }: { unreviewed?: number }) => {
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
      aria-label={unreviewed ? intl.formatMessage(messages.waiting, { count: unreviewed }) : undefined}
      onClick={() => (isOpen ? closePanel() : openPanel())}
    >
      {intl.formatMessage(messages.reviews)}
      {!!unreviewed && <Badge variant="warning" className="ml-2">{intl.formatNumber(unreviewed)}</Badge>}
    </Button>
  );
};
