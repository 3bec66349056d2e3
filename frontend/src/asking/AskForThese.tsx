/** Ask for a review of many changes at once: those that are selected, or those that are listed. */
import { useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, ModalDialog } from '@openedx/paragon';

import type { Library, QueueRow } from '../data/api';
import { keyOf } from '../data/keyOf';
import type { Scope } from '../reviewsAddress';
import type { Verdicts } from '../verdict/useVerdicts';
import { queryOf } from '../workspace/queryOf';
import { AskForm } from './AskForm';
import { EMPTY } from './draft';
import { useAskForMany, type Which } from './requests';
import messages from './messages';

interface Props {
  library: Library;
  scope: Scope;
  /** All changes in this part of the library, and those that the filter leaves. */
  rows: QueueRow[];
  found: QueueRow[];
  /** The keys of the changes that are selected. */
  selected: string[];
  verdicts: Pick<Verdicts, 'say'>;
}

interface DialogProps extends Pick<Props, 'library' | 'verdicts'> {
  rows: QueueRow[];
  which: Which;
  onClose: () => void;
}

const AskDialog = ({
  library, rows, which, verdicts, onClose,
}: DialogProps) => {
  const intl = useIntl();
  const ask = useAskForMany(library.key, which);
  const count = rows.length;
  const title = intl.formatMessage(messages.askForMany, { count });
  return (
    <ModalDialog
      title={title}
      isOpen
      onClose={onClose}
      hasCloseButton={!ask.isPending}
      closeLabel={intl.formatMessage(messages.close)}
      isBlocking={ask.isPending}
      isOverflowVisible={false}
    >
      <ModalDialog.Header>
        <ModalDialog.Title>{title}</ModalDialog.Title>
      </ModalDialog.Header>
      <ModalDialog.Body>
        <ul className="mb-3">{rows.map((row, index) => <li key={keyOf(row, index)} dir="auto">{row.title}</li>)}</ul>
        <AskForm
          libraryKey={library.key}
          draftKey={library.key}
          initial={EMPTY}
          ask={ask}
          onAsked={() => {
            verdicts.say({ sentence: intl.formatMessage(messages.askedForMany, { count }) });
            onClose();
          }}
          onClose={onClose}
          takesFocus
        />
      </ModalDialog.Body>
    </ModalDialog>
  );
};

export const AskForThese = ({
  library, scope, rows, found, selected, verdicts,
}: Props) => {
  const intl = useIntl();
  const [shown, setShown] = useState<Pick<DialogProps, 'rows' | 'which'>>();
  const hasSelection = selected.length > 0;
  // Who was asked for the others stays asked, unless an author selects these.
  const wanted = hasSelection
    ? rows.filter(({ key }) => key !== null && selected.includes(key))
    : found.filter(({ review_request: request }) => request === null);
  const these = wanted.filter(({ key, state }) => key !== null && state !== 'reviewed');
  // A part of the library as the server knows it has no limit of items.
  const isAll = these.length === rows.filter(({ state }) => state !== 'reviewed').length;
  const part = isAll ? queryOf(scope) : {};
  const which: Which = Object.keys(part).length > 0 ? part : { keys: these.map(({ key }) => key!) };
  if (these.length < (hasSelection ? 1 : 2) && !shown) { return null; }
  return (
    <>
      <Button size="sm" variant="outline-primary" aria-haspopup="dialog" onClick={() => setShown({ rows: these, which })}>
        {intl.formatMessage(messages.askForThese, { count: these.length })}
      </Button>
      {shown && <AskDialog {...shown} library={library} verdicts={verdicts} onClose={() => setShown(undefined)} />}
    </>
  );
};
