/**
 * What changed in an item, and what one has to say about it.
 *
 * Over the page, and not in the panel, which has no room for two texts beside each other. What is said is about the
 * change that is shown here: it stays as it is until somebody wants to see it anew.
 */
import { useRef, useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  ActionRow, Alert, Button, ModalDialog,
} from '@openedx/paragon';

import { ChoiceButtons, ErrorMessage } from '../common';
import type { Entity, Since } from '../data/api';
import { useEntities } from '../data/apiHooks';
import { useDifference } from '../data/reading';
import { setPanelState, type ItemDialog } from '../panelState';
import { canTakeBack, canWithdraw } from './entityState';
import { Verdict, useVerdictTexts } from './Verdict';
import { WhatChanged } from './WhatChanged';
import type { Seen } from './useSeen';
import { useWhyNot } from './useWhyNot';
import messages from './messages';

const SINCE: Since[] = ['published', 'my_last_review'];

interface Props {
  dialog: ItemDialog;
  seen: Seen;
}

export const DifferenceDialog = ({ dialog: { key, title, say }, seen }: Props) => {
  const intl = useIntl();
  const content = useRef<HTMLDivElement>(null);
  const [since, setSince] = useState<Since>('published');
  const [failure, setFailure] = useState<unknown>(null);
  const texts = useVerdictTexts();
  const whyNot = useWhyNot();
  const loaded = useDifference(key, since);
  const entities = useEntities([key]);
  const entity = entities.data?.results[0];
  const difference = loaded.isFetching ? undefined : loaded.data;
  const isOutdated = difference && entity
    && entities.dataUpdatedAt > loaded.dataUpdatedAt
    && entity.draft_change_log_record_id !== difference.draft_change_log_record_id;
  const isWriting = [texts.note[0], texts.request[0]].some((text) => text?.trim());

  const close = () => setPanelState({ dialog: undefined });
  const showAnew = () => {
    setFailure(null);
    loaded.refetch();
    entities.refetch();
    // The button that was pressed goes away.
    content.current?.focus();
  };
  const done = (of: Entity, recordId: number | null) => (sentence: string) => {
    seen.acknowledge({ ...of, draft_change_log_record_id: recordId });
    close();
    say(sentence);
  };

  const closeButton = (
    <ModalDialog.CloseButton variant="tertiary" size="sm">{intl.formatMessage(messages.closeDialog)}</ModalDialog.CloseButton>
  );

  const footer = () => {
    if (isOutdated) {
      return (
        <Alert variant="warning" className="p-3 mb-0">
          <p>{intl.formatMessage(messages.differenceOutdated)}</p>
          <Button variant="outline-primary" size="sm" onClick={showAnew}>{intl.formatMessage(messages.showAnew)}</Button>
        </Alert>
      );
    }
    if (difference && entity && (entity.may_review.allowed || canWithdraw(entity) || canTakeBack(entity))) {
      const recordId = difference.draft_change_log_record_id;
      return (
        <Verdict
          entityKey={key}
          entity={entity}
          recordId={recordId}
          texts={texts}
          onDone={done(entity, recordId)}
          onFailed={setFailure}
        >
          {closeButton}
        </Verdict>
      );
    }
    const reason = entity && whyNot(entity.may_review);
    return (
      <>
        {reason && <p className="small mb-2">{reason}</p>}
        <ActionRow>{closeButton}</ActionRow>
      </>
    );
  };

  return (
    <ModalDialog
      title={intl.formatMessage(messages.whatChangedIn, { title })}
      isOpen
      onClose={close}
      size="xl"
      hasCloseButton
      closeLabel={intl.formatMessage(messages.closeDialog)}
      isFullscreenOnMobile
      // A click beside it, or Escape, must not throw away what somebody is writing.
      isBlocking={isWriting}
      isOverflowVisible={false}
    >
      <ModalDialog.Header>
        <ModalDialog.Title>{intl.formatMessage(messages.whatChangedIn, { title })}</ModalDialog.Title>
        <ChoiceButtons
          label={intl.formatMessage(messages.since)}
          values={SINCE}
          chosen={since}
          labelOf={(each) => intl.formatMessage(messages.sinceFilter, { since: each })}
          onChoose={setSince}
          className="flex-wrap mt-2"
        />
      </ModalDialog.Header>
      <ModalDialog.Body>
        <div ref={content} tabIndex={-1}>
          <WhatChanged
            entityKey={key}
            difference={difference}
            error={loaded.isFetching ? null : loaded.error}
            onRetry={loaded.refetch}
          />
        </div>
      </ModalDialog.Body>
      <ModalDialog.Footer>
        {/* Paragon puts what is in it beside each other. */}
        <div className="w-100">
          {failure !== null && <ErrorMessage error={failure} />}
          {footer()}
        </div>
      </ModalDialog.Footer>
    </ModalDialog>
  );
};
