/** One conversation: what it is about, what was said, who resolved it, and what can be done. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Badge, Button } from '@openedx/paragon';

import { Ago, ErrorMessage, usePersonName } from '../common';
import type { Say } from '../entity/useStatus';
import { Comment } from './Comment';
import { CommentForm } from './CommentForm';
import { Quote } from './Quote';
import { useDrafts } from './drafts';
import { useWrite, type Item } from './hooks';
import type { Place } from './places';
import * as requests from './requests';
import { useForm } from '../common/useForm';
import messages from './messages';

interface Props {
  item: Item;
  conversation: requests.Conversation;
  /** Where it is in what is shown; undefined if it is not there. */
  place: Place | undefined;
  onShow: (place: Place) => void;
  say: Say;
}

export const idOf = (id: number) => `sample-plugin-reviews-conversation-${id}`;

const About = ({ conversation, place, onShow }: Pick<Props, 'conversation' | 'place' | 'onShow'>) => {
  const intl = useIntl();
  const {
    anchor, number, version_num: version, is_on_earlier_version: isGone,
  } = conversation;
  return (
    <div className="small">
      <Quote kind={anchor.kind} text={anchor.text} number={number ?? anchor.number} title={place?.title} />
      {' · '}
      {intl.formatMessage(messages.version, { version: version ?? 'deletion' })}
      {isGone && (
        <>
          {' '}
          <Badge variant="light">{intl.formatMessage(messages.earlier)}</Badge>
        </>
      )}
      {place && (
        <Button size="sm" variant="link" className="p-0 border-0 ml-2" onClick={() => onShow(place)}>
          {intl.formatMessage(messages.show)}
        </Button>
      )}
    </div>
  );
};

export const Conversation = ({
  item, conversation, place, onShow, say,
}: Props) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const write = useWrite(item);
  const { id, is_resolved: isResolved } = conversation;
  const name = `reply-${id}`;
  const replying = useForm(name in useDrafts(item.key));
  const change = () => {
    const send = isResolved ? requests.reopen : requests.resolve;
    write.mutateAsync(() => send(item.key, id)).then(
      () => say(intl.formatMessage(messages.said, { what: isResolved ? 'reopened' : 'resolved' })),
      () => {}, // shown below
    );
  };
  return (
    <li id={idOf(id)} tabIndex={-1} className="sample-plugin-reviews-conversation">
      <About conversation={conversation} place={place} onShow={onShow} />
      <ul className="list-unstyled mb-2">
        {conversation.comments.map((comment) => (
          <Comment key={comment.id} item={item} conversationId={id} comment={comment} say={say} />
        ))}
        {conversation.resolutions.map((resolution) => (
          <li key={resolution.resolved_at} className="small mt-2">
            {intl.formatMessage(messages.resolvedBy, {
              name: nameOf(resolution.resolved_by), ago: <Ago time={resolution.resolved_at} />,
            })}
            {resolution.reopened_at && (
              <>
                {' · '}
                {intl.formatMessage(messages.reopenedBy, {
                  name: nameOf(resolution.reopened_by), ago: <Ago time={resolution.reopened_at} />,
                })}
              </>
            )}
          </li>
        ))}
      </ul>
      {write.error && <ErrorMessage error={write.error} />}
      {replying.isOpen && (
        <CommentForm
          item={item}
          name={name}
          label={intl.formatMessage(messages.reply)}
          submit={intl.formatMessage(messages.send)}
          send={(body) => requests.reply(item.key, id, body)}
          onClose={replying.close}
          takesFocus={replying.takesFocus}
        />
      )}
      <div className="d-flex flex-wrap mt-1" style={{ gap: '.5rem' }}>
        {!replying.isOpen && (
          <Button ref={replying.opener} size="sm" variant="outline-primary" onClick={replying.open}>
            {intl.formatMessage(messages.reply)}
          </Button>
        )}
        <Button size="sm" variant="tertiary" aria-disabled={write.isPending} onClick={write.isPending ? undefined : change}>
          {intl.formatMessage(isResolved ? messages.reopen : messages.resolve)}
        </Button>
      </div>
    </li>
  );
};
