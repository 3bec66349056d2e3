/**
 * The panel beside the page: everything about the reviews of one library.
 *
 * Not Paragon's Sheet, which traps the focus and closes with the first click outside: people keep this one open while
 * they look at the items. A click on an item shows it in Studio's own sidebar, at the other end of the page.
 */
import {
  useEffect, useId, useLayoutEffect, useRef, type KeyboardEvent,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Icon, IconButton } from '@openedx/paragon';
import { Close } from '@openedx/paragon/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router-dom';

import { ErrorMessage, Loading } from '../common';
import { useLibrary } from '../data/apiHooks';
import { refreshStudio } from '../host/studio';
import { closePanel, setPanelState, usePanelState } from '../panelState';
import { PublishReviewed } from '../publish';
import { Changes } from './Changes';
import { DifferenceDialog } from './DifferenceDialog';
import { Imports } from './Imports';
import { RefusedChanges } from './RefusedChanges';
import { ReviewAllDialog } from './ReviewAllDialog';
import { ReviewImportDialog } from './ReviewImportDialog';
import { ReviewPolicy } from './ReviewPolicy';
import { SelectedInStudio } from './SelectedInStudio';
import { useSeen } from './useSeen';
import messages from './messages';
import './panel.css';

export const ReviewPanel = ({ libraryKey }: { libraryKey: string }) => {
  const intl = useIntl();
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { refusal, dialog, takesFocus } = usePanelState();
  const queryClient = useQueryClient();
  const { data: library, error, refetch } = useLibrary(libraryKey, { isWatched: true });
  const seen = useSeen();

  // What Studio has loaded may be an hour old, and what people look at there is what they approve here.
  useEffect(() => { refreshStudio(queryClient); }, [queryClient]);
  useEffect(() => {
    document.body.classList.add('sample-plugin-reviews-open');
    return () => document.body.classList.remove('sample-plugin-reviews-open');
  }, []);
  // Also when it is open already, and the message about a refused publish leads here.
  useEffect(() => {
    if (takesFocus) {
      heading.current?.focus();
      setPanelState({ takesFocus: false });
    }
  }, [takesFocus]);
  // When Studio makes its header anew, and the panel with it: who was in the panel is in the new one.
  useLayoutEffect(() => {
    const { current } = panel;
    return () => { if (current?.contains(document.activeElement)) { setPanelState({ takesFocus: true }); } };
  }, []);

  const closeOnEscape = (event: KeyboardEvent) => {
    // Not for a key that was pressed in a dialog which the panel has opened: React hands us those, too. Nor in a field,
    // where it would throw away what somebody has written.
    const target = event.target as HTMLElement;
    if (event.key === 'Escape' && event.currentTarget.contains(target) && !target.matches('input, textarea, select')) {
      closePanel();
    }
  };

  const content = () => {
    if (!library) { return error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />; }
    return (
      <>
        <Link className="btn btn-sm btn-outline-primary mb-2" to="?reviews=all">
          {intl.formatMessage(messages.openWorkspace)}
        </Link>
        <ReviewPolicy library={library} />
        {!library.may.review && <p className="small">{intl.formatMessage(messages.noPermission)}</p>}
        {library.may.publish_reviewed && <PublishReviewed library={library} />}
        <Imports library={library} />
        <SelectedInStudio library={library} seen={seen} />
        {refusal?.libraryKey === libraryKey
          ? <RefusedChanges library={library} refusal={refusal} seen={seen} />
          : <Changes library={library} seen={seen} />}
        {dialog?.shows === 'difference' && <DifferenceDialog key={dialog.key} dialog={dialog} seen={seen} />}
        {dialog?.shows === 'contents' && (
          <ReviewAllDialog key={dialog.key} libraryKey={libraryKey} dialog={dialog} seen={seen} />
        )}
        {dialog?.shows === 'import' && (
          <ReviewImportDialog libraryKey={libraryKey} imported={dialog.imported} say={dialog.say} />
        )}
      </>
    );
  };

  return (
    // Escape is a shortcut for the button “Close”, which everybody can reach.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside ref={panel} className="sample-plugin-reviews-panel" aria-labelledby={titleId} onKeyDown={closeOnEscape}>
      <div className="sample-plugin-reviews-panel__top d-flex align-items-center justify-content-between px-4 py-2 border-bottom">
        <h2 id={titleId} ref={heading} tabIndex={-1} className="h3 mb-0">{intl.formatMessage(messages.title)}</h2>
        <IconButton src={Close} iconAs={Icon} alt={intl.formatMessage(messages.close)} onClick={closePanel} />
      </div>
      <div className="px-4 py-3">{content()}</div>
    </aside>
  );
};
