/** Approve the rest of the list in one action: changes by other authors, without an open request for changes. */
import { Suspense, lazy, useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import { reasonOf } from '../approve/reasonOf';
import type { Library, QueueRow } from '../data/api';
import type { Verdicts } from '../verdict/useVerdicts';
import messages from './messages';

// Opened rarely.
const ApproveDialog = lazy(async () => ({ default: (await import('../approve')).ApproveDialog }));

interface Props {
  library: Library;
  rows: QueueRow[];
  verdicts: Verdicts;
}

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
        <Suspense fallback={null}>
          <ApproveDialog library={library} rows={shown} verdicts={verdicts} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </>
  );
};
