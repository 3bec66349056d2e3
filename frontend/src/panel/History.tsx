/** All reviews that an item ever had, for those who ask. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button, useToggle } from '@openedx/paragon';

import { ErrorMessage, Loading } from '../common';
import { useHistory } from '../data/apiHooks';
import { ReviewLine } from './ReviewLine';
import messages from './messages';

const Reviews = ({ entityKey }: { entityKey: string }) => {
  const intl = useIntl();
  const { data, error, refetch } = useHistory(entityKey);
  if (!data) { return error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />; }
  if (!data.count) { return <p className="small mb-0">{intl.formatMessage(messages.noHistory)}</p>; }
  return (
    <>
      <ul className="small pl-3 mb-0">
        {data.results.map((review) => <ReviewLine key={review.id} review={review} withVersion />)}
      </ul>
      {data.count > data.results.length && (
        <p className="small mb-0">
          {intl.formatMessage(messages.olderReviews, { count: data.count - data.results.length })}
        </p>
      )}
    </>
  );
};

export const History = ({ entityKey, title }: { entityKey: string, title: string }) => {
  const intl = useIntl();
  const [isOpen, , , toggle] = useToggle(false);
  return (
    <div className="mt-1">
      <Button
        variant="link"
        size="sm"
        className="px-0"
        aria-expanded={isOpen}
        aria-label={intl.formatMessage(messages.historyOf, { title })}
        onClick={toggle}
      >
        {intl.formatMessage(messages.history)}
      </Button>
      {isOpen && <Reviews entityKey={entityKey} />}
    </div>
  );
};
