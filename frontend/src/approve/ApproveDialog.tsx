import { useIntl } from '@edx/frontend-platform/i18n';
import {
  ActionRow, Button, ModalDialog, StatefulButton,
} from '@openedx/paragon';

import { ErrorMessage } from '../common';
import { RefusedItems } from '../common/RefusedItems';
import type { Library, QueueRow } from '../data/api';
import { refusedItemsOf } from '../data/errors';
import { keyOf } from '../data/keyOf';
import type { Verdicts } from '../verdict/useVerdicts';
import { reasonOf, type Reason } from './reasonOf';
import { reviewedBefore, useMarkManyReviewed } from './requests';
import messages from './messages';

interface Props {
  library: Library;
  rows: QueueRow[];
  verdicts: Verdicts;
  onClose: () => void;
}

const LEFT_OUT: Reason[] = ['own', 'own_request', 'other_request', 'not_allowed'];

const List = ({ rows }: { rows: QueueRow[] }) => (
  <ul className="mb-2">{rows.map((row, index) => <li key={keyOf(row, index)} dir="auto">{row.title}</li>)}</ul>
);

/** What will be approved is what the dialog showed when it opened: an edit meanwhile is refused by the server. */
export const ApproveDialog = ({
  library, rows, verdicts, onClose,
}: Props) => {
  const intl = useIntl();
  const mark = useMarkManyReviewed(library.key);
  const of = (reason: Reason) => rows.filter((row) => reasonOf(row) === reason);
  const toApprove = of('approve');
  const refused = refusedItemsOf(mark.error);

  const approve = () => {
    const seen = toApprove.map(({ key, draft_change_log_record_id: record }) => ({ key: key!, recordId: record! }));
    mark.mutateAsync({ seen, note: '' }).then(({ reviewed }) => {
      verdicts.say({ sentence: intl.formatMessage(messages.approved, { count: reviewed }) });
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
          <RefusedItems items={refused}>
            {intl.formatMessage(messages.restRefused, { count: refused.length, reviewed: reviewedBefore(mark.error) })}
          </RefusedItems>
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
