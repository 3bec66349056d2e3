/** The versions that a container pins and that need a review before it can be published. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Badge, StatefulButton } from '@openedx/paragon';

import { useErrorSentence } from '../common';
import type { Entity, PinnedVersion } from '../data/api';
import { useMarkReviewed } from '../data/apiHooks';
import { canMarkPin, pinId } from './entityState';
import type { Say } from './useStatus';
import { useWhyNot } from './useWhyNot';
import messages from './messages';

/** Which version it is, and why the person cannot review it. */
const PinLine = ({ pin }: { pin: PinnedVersion }) => {
  const intl = useIntl();
  const whyNot = useWhyNot();
  const reason = whyNot(pin.may_review);
  return (
    <>
      <span dir="auto">{intl.formatMessage(messages.pin, { title: pin.title, version: pin.version_num })}</span>
      {pin.changes_requested && (
        <Badge variant="danger" className="ml-2">{intl.formatMessage(messages.changesRequested)}</Badge>
      )}
      {reason && <p className="small mb-0">{reason}</p>}
    </>
  );
};

const Pin = ({ pin, say }: { pin: PinnedVersion, say: Say }) => {
  const intl = useIntl();
  const sentenceOf = useErrorSentence();
  const mark = useMarkReviewed();
  const { key, draft_change_log_record_id: recordId } = pin;
  const names = { title: pin.title, version: pin.version_num };

  const markReviewed = () => {
    mark.mutateAsync({ seen: { key: key!, recordId: recordId! }, note: '' }).then(
      () => say(intl.formatMessage(messages.markedPin, names)),
      (error) => say(sentenceOf(error), { isError: true }),
    );
  };

  return (
    <li className="mt-2">
      <PinLine pin={pin} />
      {canMarkPin(pin) && (
        <div className="mt-1">
          <StatefulButton
            variant="outline-primary"
            size="sm"
            state={mark.isPending ? 'pending' : 'default'}
            labels={{ default: intl.formatMessage(messages.mark), pending: intl.formatMessage(messages.marking) }}
            aria-label={intl.formatMessage(messages.markPin, names)}
            onClick={markReviewed}
          />
        </div>
      )}
    </li>
  );
};

export const Pins = ({ entity, say }: { entity: Entity, say: Say }) => {
  const intl = useIntl();
  const { unreviewed_pins: pins } = entity;
  if (pins.length === 0) { return null; }
  return (
    <ul className="list-unstyled small mb-0" aria-label={intl.formatMessage(messages.pins)}>
      {pins.map((pin, index) => <Pin key={pinId(pin, index)} pin={pin} say={say} />)}
    </ul>
  );
};
