/** A container and every change inside it, to be marked as reviewed together: all of them, or none. */
import {
  useEffect, useId, useRef, useState,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  Alert, Button, Form, ModalDialog,
} from '@openedx/paragon';
import { useQueryClient } from '@tanstack/react-query';

import { ErrorMessage, Loading } from '../common';
import type { Entity, PinnedVersion } from '../data/api';
import { useMarkManyReviewed } from '../data/apiHooks';
import { keyOf } from '../data/distinct';
import { refusedItemsOf, reviewedBefore } from '../data/errors';
import { useContents } from '../data/reading';
import { refreshStudio } from '../host/studio';
import { setPanelState, type ItemDialog } from '../panelState';
import {
  canMark, canMarkPin, canWithdraw, hasChange, pinId, pinsOf,
} from './entityState';
import { MarkOrClose } from './MarkOrClose';
import { useNote } from './MarkReviewed';
import { PinLine } from './Pins';
import { ReviewAllItem } from './ReviewAllItem';
import type { Seen } from './useSeen';
import { useWhyNot } from './useWhyNot';
import messages from './messages';

interface Props {
  libraryKey: string;
  dialog: ItemDialog;
  seen: Seen;
}

export const ReviewAllDialog = ({ libraryKey, dialog: { key, title, say }, seen }: Props) => {
  const intl = useIntl();
  const markId = useId();
  const leaveId = useId();
  const queryClient = useQueryClient();
  const whyNot = useWhyNot();
  const note = useNote();
  const [isPartial, setPartial] = useState(false);
  const mark = useMarkManyReviewed(libraryKey);
  const loaded = useContents(libraryKey, key);
  const content = useRef<HTMLDivElement>(null);
  const refusal = useRef<HTMLDivElement>(null);
  const data = loaded.isFetching ? undefined : loaded.data;
  // A container of which only the contents have changed has nothing to be reviewed itself.
  const entities = (data?.entities ?? []).filter(hasChange);
  const toMark = entities.filter((entity) => entity.key && canMark(entity));
  const toLeave = entities.filter((entity) => !toMark.includes(entity));
  const pins = pinsOf(data?.entities ?? []);
  const pinsToMark = pins.filter(canMarkPin);
  const pinsToLeave = pins.filter((pin) => !canMarkPin(pin));
  const markCount = toMark.length + pinsToMark.length;
  const leaveCount = toLeave.length + pinsToLeave.length;
  // All or nothing, unless somebody says that it is to be less. What they have reviewed before is nothing less.
  const left = toLeave.filter((entity) => !canWithdraw(entity)).length + pinsToLeave.length;
  const isReady = markCount > 0 && (left === 0 || isPartial);
  const refused = refusedItemsOf(mark.error);

  // What Studio has loaded may be an hour old, and what people look at there is what they approve here.
  useEffect(() => { refreshStudio(queryClient); }, [queryClient]);
  // The button that was pressed stays; what it led to is above it.
  useEffect(() => { if (mark.error) { refusal.current?.focus(); } }, [mark.error]);

  const close = () => setPanelState({ dialog: undefined });
  const showAnew = () => {
    mark.reset();
    loaded.refetch();
    // The button that was pressed goes away.
    content.current?.focus();
  };
  const markAll = (text: string) => {
    const marked = [...toMark, ...pinsToMark].map((each) => ({
      key: each.key!, recordId: each.draft_change_log_record_id!,
    }));
    mark.mutateAsync({ seen: marked, note: text }).then(({ reviewed }) => {
      toMark.forEach(seen.acknowledge);
      close();
      say(intl.formatMessage(messages.markedMany, { count: reviewed }));
    }, () => {}); // shown below
  };

  const whyLeft = (entity: Entity) => {
    if (canWithdraw(entity)) { return intl.formatMessage(messages.reviewedAlready); }
    return whyNot(entity.may_review) ?? intl.formatMessage(messages.notReviewable);
  };
  const remarkOn = (entity: Entity) => {
    if (seen.isOutdated(entity)) { return intl.formatMessage(messages.editedSinceSeen); }
    return entity.requests.length > 0 ? intl.formatMessage(messages.requestsStay) : undefined;
  };

  const listOf = (some: PinnedVersion[]) => some.map((pin, index) => (
    <li key={pinId(pin, index)} className="border rounded p-2 mb-2"><PinLine pin={pin} /></li>
  ));

  const body = () => {
    if (!data) {
      return loaded.error && !loaded.isFetching
        ? <ErrorMessage error={loaded.error} onRetry={loaded.refetch} /> : <Loading />;
    }
    if (markCount + leaveCount === 0) { return <p>{intl.formatMessage(messages.nothingInside)}</p>; }
    return (
      <>
        {data.count > data.entities.length && (
          <p>{intl.formatMessage(messages.firstOfAll, { count: data.entities.length, total: data.count })}</p>
        )}
        {markCount > 0 && (
          <section aria-labelledby={markId}>
            <h3 id={markId} className="h4">{intl.formatMessage(messages.willBeMarked, { count: markCount })}</h3>
            <ul className="list-unstyled">
              {toMark.map((entity) => <ReviewAllItem key={entity.key} entity={entity} remark={remarkOn(entity)} />)}
              {listOf(pinsToMark)}
            </ul>
          </section>
        )}
        {leaveCount > 0 && (
          <section aria-labelledby={leaveId}>
            <h3 id={leaveId} className="h4">{intl.formatMessage(messages.willBeLeft, { count: leaveCount })}</h3>
            <ul className="list-unstyled">
              {toLeave.map((entity, index) => (
                <ReviewAllItem key={keyOf(entity, index)} entity={entity} remark={whyLeft(entity)} />
              ))}
              {listOf(pinsToLeave)}
            </ul>
          </section>
        )}
      </>
    );
  };

  return (
    <ModalDialog
      title={intl.formatMessage(messages.reviewAllOf, { title })}
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
        <ModalDialog.Title>{intl.formatMessage(messages.reviewAllOf, { title })}</ModalDialog.Title>
      </ModalDialog.Header>
      <ModalDialog.Body>
        <div ref={content} tabIndex={-1} className="sample-plugin-reviews-list">{body()}</div>
      </ModalDialog.Body>
      <ModalDialog.Footer>
        {/* Paragon puts what is in it beside each other. */}
        <div className="w-100">
          {mark.error && (
            <div ref={refusal} tabIndex={-1}>
              {refused.length === 0 ? <ErrorMessage error={mark.error} /> : (
                <Alert variant="danger" className="p-3">
                  {intl.formatMessage(messages.noneMarked, {
                    count: refused.length, reviewed: reviewedBefore(mark.error),
                  })}
                  {/* Each sentence names its item. */}
                  <ul className="mb-2">{refused.map((item) => <li key={item.key}>{item.detail}</li>)}</ul>
                  <Button variant="outline-primary" size="sm" onClick={showAnew}>
                    {intl.formatMessage(messages.showAnew)}
                  </Button>
                </Alert>
              )}
            </div>
          )}
          {markCount > 0 && left > 0 && (
            <Form.Checkbox checked={isPartial} onChange={() => setPartial(!isPartial)}>
              {intl.formatMessage(messages.leaveOut, { count: left })}
            </Form.Checkbox>
          )}
          <MarkOrClose
            isReady={isReady}
            note={note}
            label={intl.formatMessage(messages.markMany, { count: markCount })}
            isPending={mark.isPending}
            onMark={markAll}
          />
        </div>
      </ModalDialog.Footer>
    </ModalDialog>
  );
};
