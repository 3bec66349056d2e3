/** The item that is open in Studio, below the button in the header: how far its review is, and one's own verdict. */
import {
  lazy, useEffect, useId, useRef, useState,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, ModalPopup } from '@openedx/paragon';
import { useQueryClient } from '@tanstack/react-query';

import { ErrorMessage, Loading, Optional } from '../common';
import type { Entity, Library } from '../data/api';
import { useEntity } from '../data/queueHooks';
import { ChangeLine } from '../entity/ChangeLine';
import { EditedMeanwhile } from '../entity/EditedMeanwhile';
import { hasChange, isForAsking, mayHoldChanges } from '../entity/entityState';
import { Requests } from '../entity/Requests';
import { ReviewLine } from '../entity/ReviewLine';
import { useStatus } from '../entity/useStatus';
import { refreshStudio } from '../host/studio';
import { ALL, type OpenReviews } from '../reviewsAddress';
import { Notice } from '../verdict/Notice';
import { useVerdicts } from '../verdict/useVerdicts';
import { VerdictBar } from '../verdict/VerdictBar';
import messages from './messages';
import './popover.css';

const Asking = lazy(async () => ({ default: (await import('../asking')).Asking }));

/** By how much the browser's clock may be behind the server's, in milliseconds. */
const CLOCKS_DIFFER = 5 * 60_000;

const Item = ({ library, entity }: { library: Library, entity: Entity }) => {
  const intl = useIntl();
  const queryClient = useQueryClient();
  const { say, status } = useStatus();
  const verdicts = useVerdicts(library.key);
  // The change that Studio shows on its page. What others save meanwhile counts once it is shown.
  const [shownRecord, showRecord] = useState(entity.draft_change_log_record_id);
  // A publish leaves nothing to look at: that is no edit.
  const isOutdated = hasChange(entity) && entity.draft_change_log_record_id !== shownRecord;
  const key = entity.key!;

  // What Studio has loaded may be an hour old, and what it shows is what the reviewer decides about. What it has loaded
  // since the change is left alone.
  const changedAt = entity.changed_at === null ? Infinity : Date.parse(entity.changed_at) + CLOCKS_DIFFER;
  useEffect(() => { refreshStudio(queryClient, changedAt); }, [queryClient, changedAt, shownRecord]);

  return (
    <>
      <ChangeLine entity={entity} />
      <ul className="list-unstyled small mb-0">
        {entity.reviews.map((review) => <ReviewLine key={review.id} review={review} />)}
      </ul>
      {isForAsking(library, entity) && (
        <Optional><Asking library={library} entity={entity} verdicts={verdicts} /></Optional>
      )}
      <Requests entity={entity} mayDismiss={library.may.manage_policy} say={say} />
      {status}
      {entity.unreviewed_pins.length > 0 && (
        <p className="small mt-2 mb-0">{intl.formatMessage(messages.pins, { count: entity.unreviewed_pins.length })}</p>
      )}
      {isOutdated && <EditedMeanwhile onShow={() => showRecord(entity.draft_change_log_record_id)} />}
      <VerdictBar
        entity={entity}
        entityKey={key}
        recordId={isOutdated ? null : shownRecord}
        verdicts={verdicts}
        className="mt-3"
      />
      <Notice verdicts={verdicts} />
    </>
  );
};

interface Props {
  library: Library;
  entityKey: string;
  /** Below which it is shown. */
  button: HTMLElement | null;
  onOpenReviews: OpenReviews;
  onClose: () => void;
}

export const ItemPopover = ({
  library, entityKey, button, onOpenReviews, onClose,
}: Props) => {
  const intl = useIntl();
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data: entity, error, refetch } = useEntity(entityKey, library.revision);
  useEffect(() => { heading.current?.focus(); }, []);

  const content = () => {
    if (entity) { return <Item library={library} entity={entity} />; }
    if (entity === null) { return <p className="small mb-0">{intl.formatMessage(messages.notFound)}</p>; }
    return error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />;
  };
  return (
    <ModalPopup positionRef={button as any} placement="bottom-end" strategy="fixed" withPortal isOpen onClose={onClose}>
      <div role="dialog" aria-labelledby={titleId} className="sample-plugin-reviews-popover">
        <h2 id={titleId} ref={heading} tabIndex={-1} className="h4 mb-1" dir="auto">
          {entity?.title ?? intl.formatMessage(messages.item)}
        </h2>
        {content()}
        <div className="d-flex flex-wrap mt-3 border-top pt-3" style={{ gap: '.5rem' }}>
          {entity && hasChange(entity) && (
            <Button size="sm" variant="outline-primary" onClick={() => onOpenReviews(ALL, { whose: 'all', change: entityKey })}>
              {intl.formatMessage(messages.whatChanged)}
            </Button>
          )}
          {entity && library.may.review && mayHoldChanges(entity) && (
            <Button size="sm" variant="outline-primary" onClick={() => onOpenReviews(entityKey, { whose: 'all' })}>
              {intl.formatMessage(messages.withContents)}
            </Button>
          )}
          <Button size="sm" variant="outline-primary" onClick={() => onOpenReviews()}>
            {intl.formatMessage(messages.openReviews)}
          </Button>
        </div>
      </div>
    </ModalPopup>
  );
};
