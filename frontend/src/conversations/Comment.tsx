/** What one person wrote. Only they edit and delete it; of a deleted comment a trace stays. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, StatefulButton } from '@openedx/paragon';

import { Ago, ErrorMessage, usePersonName } from '../common';
import type { Say } from '../entity/useStatus';
import { CommentForm } from './CommentForm';
import { PlainText } from './PlainText';
import { useDrafts, writeDraft } from './drafts';
import { useWrite, type Item } from './hooks';
import * as requests from './requests';
import { useForm } from '../common/useForm';
import messages from './messages';

interface Props {
  item: Item;
  conversationId: number;
  comment: requests.Comment;
  say: Say;
}

/** Asked in place: what is deleted cannot be brought back. */
const Deletion = ({
  item, conversationId, comment, say, onClose,
}: Props & { onClose: () => void }) => {
  const intl = useIntl();
  const write = useWrite(item);
  const remove = () => {
    write.mutateAsync(() => requests.remove(item.key, conversationId, comment.id)).then(() => {
      writeDraft(item.key, `edit-${comment.id}`, '');
      say(intl.formatMessage(messages.said, { what: 'deleted' }));
      onClose();
    }, () => {}); // shown below
  };
  return (
    <div role="group" aria-label={intl.formatMessage(messages.deleteQuestion)} className="mt-1">
      <p className="mb-1">{intl.formatMessage(messages.deleteQuestion)}</p>
      {write.error && <ErrorMessage error={write.error} />}
      <div className="d-flex flex-wrap" style={{ gap: '.5rem' }}>
        <StatefulButton
          size="sm"
          variant="danger"
          state={write.isPending ? 'pending' : 'default'}
          labels={{
            default: intl.formatMessage(messages.deleteConfirm), pending: intl.formatMessage(messages.sending),
          }}
          onClick={remove}
        />
        {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the button that asked is gone */}
        <Button size="sm" variant="tertiary" autoFocus onClick={onClose}>{intl.formatMessage(messages.keep)}</Button>
      </div>
    </div>
  );
};

const Own = (props: Props) => {
  const intl = useIntl();
  const { item, conversationId, comment } = props;
  const name = `edit-${comment.id}`;
  const draft = useDrafts(item.key)[name];
  const editing = useForm(draft !== undefined);
  const deleting = useForm(false);
  const startEditing = () => {
    if (draft === undefined) { writeDraft(item.key, name, comment.body); }
    editing.open();
  };
  const stopEditing = () => {
    if (draft?.trim() === comment.body) { writeDraft(item.key, name, ''); }
    editing.close();
  };
  if (editing.isOpen) {
    return (
      <CommentForm
        item={item}
        name={name}
        label={intl.formatMessage(messages.edit)}
        submit={intl.formatMessage(messages.save)}
        send={(body) => requests.edit(item.key, conversationId, comment.id, body)}
        onClose={stopEditing}
        takesFocus={editing.takesFocus}
      />
    );
  }
  return (
    <>
      <PlainText text={comment.body} />
      {deleting.isOpen ? <Deletion {...props} onClose={deleting.close} /> : (
        <div>
          <Button ref={editing.opener} size="sm" variant="link" className="p-0 border-0 mr-3" onClick={startEditing}>
            {intl.formatMessage(messages.edit)}
          </Button>
          <Button ref={deleting.opener} size="sm" variant="link" className="p-0 border-0" onClick={deleting.open}>
            {intl.formatMessage(messages.delete)}
          </Button>
        </div>
      )}
    </>
  );
};

export const Comment = (props: Props) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const { comment } = props;
  const content = () => {
    if (comment.deleted_at) {
      return (
        <p className="mb-0 font-italic">
          {intl.formatMessage(messages.deleted, { ago: <Ago time={comment.deleted_at} /> })}
        </p>
      );
    }
    return comment.is_own ? <Own {...props} /> : <PlainText text={comment.body} />;
  };
  return (
    <li className="mt-2">
      <div className="small">
        <bdi><strong>{nameOf(comment.author)}</strong></bdi>
        {' · '}
        <Ago time={comment.created} />
        {comment.edited_at && !comment.deleted_at && (
          <>
            {' · '}
            {intl.formatMessage(messages.edited, { ago: <Ago time={comment.edited_at} /> })}
          </>
        )}
      </div>
      {content()}
    </li>
  );
};
