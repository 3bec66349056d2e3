/** Over the whole page of Studio's: the workspace, and My reviews. Keyboard and screen readers stay in it. */
import {
  useEffect, useId, useRef, type ReactNode,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Icon, IconButton } from '@openedx/paragon';
import { Close } from '@openedx/paragon/icons';

import { useIsPainted } from '../common';
import { useInertPage } from './useInertPage';
import messages from './messages';
import './fullpage.css';

interface Props {
  title: string;
  /** What leads elsewhere: it stays beside the title where the buttons have a line of their own. */
  link?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

export const FullPage = ({
  title, link, actions, onClose, children,
}: Props) => {
  const intl = useIntl();
  const titleId = useId();
  const page = useRef<HTMLDivElement>(null);
  const isPainted = useIsPainted();
  useInertPage(isPainted);
  // To give the focus, the browser computes the whole page's layout.
  useEffect(() => { if (isPainted) { page.current?.focus(); } }, [isPainted]);
  return (
    <div
      ref={page}
      role="dialog"
      aria-modal
      aria-labelledby={titleId}
      tabIndex={-1}
      className="sample-plugin-reviews-fullpage"
    >
      <header className="sample-plugin-reviews-fullpage__top">
        <h1 id={titleId} className="h4 mb-0 text-truncate">{title}</h1>
        {link}
        <div className="d-flex align-items-center" style={{ gap: '.5rem' }}>
          {actions}
          <IconButton src={Close} iconAs={Icon} alt={intl.formatMessage(messages.close)} onClick={onClose} />
        </div>
      </header>
      {children}
    </div>
  );
};
