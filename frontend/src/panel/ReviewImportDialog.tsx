/** All that an import changed, to be marked as reviewed together: all of it, or nothing. */
import { useEffect, useRef } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { ModalDialog } from '@openedx/paragon';

import { ErrorMessage, Loading } from '../common';
import type { Import } from '../data/api';
import { useMarkChangeLogReviewed } from '../data/apiHooks';
import { keyOf } from '../data/distinct';
import { useChangeLog } from '../data/reading';
import { setPanelState, type PanelDialog } from '../panelState';
import { canWithdraw, hasChange } from './entityState';
import { MarkOrClose } from './MarkOrClose';
import { useNote } from './MarkReviewed';
import { ReviewAllItem } from './ReviewAllItem';
import { useWhyNot } from './useWhyNot';
import messages from './messages';

interface Props {
  libraryKey: string;
  imported: Import;
  say: PanelDialog['say'];
}

export const ReviewImportDialog = ({ libraryKey, imported, say }: Props) => {
  const intl = useIntl();
  const whyNot = useWhyNot();
  const note = useNote();
  const { draft_change_log_id: id } = imported;
  const mark = useMarkChangeLogReviewed(libraryKey);
  const { data, error, refetch } = useChangeLog(libraryKey, id);
  const refusal = useRef<HTMLDivElement>(null);
  const entities = (data?.entities ?? []).filter(hasChange);
  const title = intl.formatMessage(messages.reviewImport);

  // The button that was pressed stays; what it led to is above it.
  useEffect(() => { if (mark.error) { refusal.current?.focus(); } }, [mark.error]);

  const close = () => setPanelState({ dialog: undefined });
  const markAll = (text: string) => {
    mark.mutateAsync({ id, note: text }).then(({ reviewed }) => {
      close();
      say(intl.formatMessage(messages.markedMany, { count: reviewed }));
    }, () => {}); // shown below
  };

  const body = () => {
    if (!data) { return error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />; }
    if (entities.length === 0) { return <p>{intl.formatMessage(messages.nothingInside)}</p>; }
    return (
      <>
        {data.count > data.entities.length && (
          <p>{intl.formatMessage(messages.firstOfAll, { count: data.entities.length, total: data.count })}</p>
        )}
        <ul className="list-unstyled">
          {entities.map((entity, index) => (
            <ReviewAllItem
              key={keyOf(entity, index)}
              entity={entity}
              remark={canWithdraw(entity) ? intl.formatMessage(messages.reviewedAlready) : whyNot(entity.may_review)}
            />
          ))}
        </ul>
      </>
    );
  };

  return (
    <ModalDialog
      title={title}
      isOpen
      onClose={close}
      size="xl"
      hasCloseButton={!mark.isPending}
      closeLabel={intl.formatMessage(messages.closeDialog)}
      isFullscreenOnMobile
      isBlocking={mark.isPending || Boolean(note[0]?.trim())}
      isOverflowVisible={false}
    >
      <ModalDialog.Header>
        <ModalDialog.Title>{title}</ModalDialog.Title>
      </ModalDialog.Header>
      <ModalDialog.Body>
        <div className="sample-plugin-reviews-list">{body()}</div>
      </ModalDialog.Body>
      <ModalDialog.Footer>
        {/* Paragon puts what is in it beside each other. */}
        <div className="w-100">
          {mark.error && <div ref={refusal} tabIndex={-1}><ErrorMessage error={mark.error} /></div>}
          <MarkOrClose
            isReady={entities.length > 0}
            note={note}
            label={intl.formatMessage(messages.markImport, { count: imported.unreviewed })}
            isPending={mark.isPending}
            onMark={markAll}
          />
        </div>
      </ModalDialog.Footer>
    </ModalDialog>
  );
};
