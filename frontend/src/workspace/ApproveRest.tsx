/** Approve the rest of the list in one action: changes by other authors, without an open request for changes. */
import { useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  ActionRow, Alert, Button, ModalDialog, StatefulButton,
} from '@openedx/paragon';

import { ErrorMessage } from '../common';
import type { Library, QueueRow } from '../data/api';
import { useMarkManyReviewed } from '../data/apiHooks';
import { refusedItemsOf, reviewedBefore } from '../data/errors';
import { keyOf } from '../data/keyOf';
import type { Verdicts } from '../verdict/useVerdicts';
import messages from './messages';

interface Props {
  library: Library;
  rows: QueueRow[];
  verdicts: Verdicts;
}

type Reason = 'approve' | 'own' | 'own_request' | 'other_request' | 'done' | 'not_allowed';

const reasonOf = (row: QueueRow): Reason => {
  if (row.state === 'reviewed' || row.my_verdict === 'reviewed') { return 'done'; }
  if (row.my_verdict === 'changes_requested') { return 'own_request'; }
  if (row.may_review.reason === 'own_change') { return 'own'; }
  if (!row.may_review.allowed || row.key === null || row.draft_change_log_record_id === null) { return 'not_allowed'; }
  return row.state === 'changes_requested' ? 'other_request' : 'approve';
};

const LEFT_OUT: Reason[] = ['own', 'own_request', 'other_request', 'not_allowed'];

const List = ({ rows }: { rows: QueueRow[] }) => (
  <ul className="mb-2">{rows.map((row, index) => <li key={keyOf(row, index)} dir="auto">{row.title}</li>)}</ul>
);

/** What will be approved is what the dialog showed when it opened: an edit meanwhile is refused by the server. */
const ApproveDialog = ({
  library, rows, verdicts, onClose,
}: Props & { onClose: () => void }) => {
  const intl = useIntl();
  const mark = useMarkManyReviewed(library.key);
  const of = (reason: Reason) => rows.filter((row) => reasonOf(row) === reason);
  const toApprove = of('approve');
  const refused = refusedItemsOf(mark.error);

  const approve = () => {
    const seen = toApprove.map(({ key, draft_change_log_record_id: record }) => ({ key: key!, recordId: record! }));
    mark.mutateAsync({ seen, note: '' }).then(({ reviewed }) => {
      verdicts.say({ kind: 'approved_rest', title: '', count: reviewed });
      onClose();
    }, () => {}); // shown below
  };
  return (
    <ModalDialog
      title={intl.formatMessage(messages.approveRest, { count: toApprove.length })}
      isOpen
      onClose={onClose}
      hasCloseButton={!mark.isPending}
      closeLabel={intl.formatMessage(messages.cancel)}
      isBlocking={mark.isPending}
      isOverflowVisible={false}
    >
      <ModalDialog.Header>
        <ModalDialog.Title>{intl.formatMessage(messages.approveRest, { count: toApprove.length })}</ModalDialog.Title>
      </ModalDialog.Header>
      <ModalDialog.Body>
        {mark.error && refused.length === 0 && <ErrorMessage error={mark.error} />}
        {refused.length > 0 && (
          <Alert variant="danger" className="p-3">
            {intl.formatMessage(messages.restRefused, { count: refused.length, reviewed: reviewedBefore(mark.error) })}
            {/* Each sentence names its item. */}
            <ul className="mb-0">{refused.map((item) => <li key={item.key}>{item.detail}</li>)}</ul>
          </Alert>
        )}
        <List rows={toApprove} />
        {LEFT_OUT.filter((reason) => of(reason).length > 0).map((reason) => (
          <section key={reason}>
            <h3 className="h5">{intl.formatMessage(messages.leftOut, { reason, count: of(reason).length })}</h3>
            <List rows={of(reason)} />
          </section>
        ))}
      </ModalDialog.Body>
      <ModalDialog.Footer>
        <ActionRow>
          <Button variant="tertiary" disabled={mark.isPending} onClick={onClose}>
            {intl.formatMessage(messages.cancel)}
          </Button>
          <StatefulButton
            state={mark.isPending ? 'pending' : 'default'}
            labels={{
              default: intl.formatMessage(messages.approveRest, { count: toApprove.length }),
              pending: intl.formatMessage(messages.approving),
            }}
            onClick={approve}
          />
        </ActionRow>
      </ModalDialog.Footer>
    </ModalDialog>
  );
};

export const ApproveRest = ({ library, rows, verdicts }: Props) => {
  const intl = useIntl();
  const [shown, setShown] = useState<QueueRow[]>();
  const count = rows.filter((row) => reasonOf(row) === 'approve').length;
  if (!library.may.review || (count < 2 && !shown)) { return null; }
  return (
    <>
      <Button size="sm" variant="outline-primary" aria-haspopup="dialog" onClick={() => setShown(rows)}>
        {intl.formatMessage(messages.approveAll, { count })}
      </Button>
      {shown && (
        <ApproveDialog library={library} rows={shown} verdicts={verdicts} onClose={() => setShown(undefined)} />
      )}
    </>
  );
};
