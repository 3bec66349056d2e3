/** All reviews that an item ever had. */
import { useIntl } from '@edx/frontend-platform/i18n';

import { ErrorMessage, Loading } from '../common';
import { useHistory } from '../data/apiHooks';
import { ReviewLine } from './ReviewLine';
import messages from './messages';

export const History = ({ entityKey }: { entityKey: string }) => {
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
