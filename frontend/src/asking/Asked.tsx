/** The open request for a review: who has asked whom, when, by when, and with which words. */
import { useIntl } from '@edx/frontend-platform/i18n';

import { Ago, usePersonName } from '../common';
import type { OpenRequest, Person } from '../data/schema';
import { isMe } from '../data/own';
import { Due } from '../entity/Due';
import messages from './messages';

export const Asked = ({ request }: { request: OpenRequest }) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const {
    requested_by: author, reviewers, awaited, due, message,
  } = request;
  const namesOf = (people: Person[]) => (
    people.length === 0
      ? intl.formatMessage(messages.everyone)
      : intl.formatList(people.map((each) => (isMe(each) ? intl.formatMessage(messages.you) : nameOf(each))))
  );
  return (
    <div>
      {intl.formatMessage(messages.asked, {
        isOwn: isMe(author), name: nameOf(author), people: namesOf(reviewers), ago: <Ago time={request.created} />,
      })}
      {due && <>{' · '}<Due day={due} /></>}
      {/* Also once all of them have answered, and others have to. */}
      {awaited.length < reviewers.length && (
        <>
          {' · '}
          {intl.formatMessage(messages.waitsFor, { people: namesOf(awaited) })}
        </>
      )}
      {message && <q className="sample-plugin-reviews-note d-block font-italic" dir="auto">{message}</q>}
    </div>
  );
};
