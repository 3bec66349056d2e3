import { useIntl } from '@edx/frontend-platform/i18n';

import type { PublishResult } from '../data/api';
import { keyOf } from '../data/distinct';
import messages from './messages';

/** What is named of a long list; the counts are whole. */
const Rest = ({ count }: { count: number }) => {
  const intl = useIntl();
  return count > 0 ? <p className="small">{intl.formatMessage(messages.more, { count })}</p> : null;
};

/** What stays behind, and why. */
export const Skipped = ({ result }: { result: PublishResult }) => {
  const intl = useIntl();
  if (!result.skipped_count) { return null; }
  return (
    <>
      <h3 className="h4">{intl.formatMessage(messages.staying, { count: result.skipped_count })}</h3>
      <ul>
        {result.skipped.map(({ key, title, reason }, index) => (
          <li key={keyOf({ key }, index)}>{intl.formatMessage(messages.skipped, { title, reason })}</li>
        ))}
      </ul>
      <Rest count={result.skipped_count - result.skipped.length} />
    </>
  );
};

/** What would happen. */
export const Preview = ({ result, unreviewed }: { result: PublishResult, unreviewed: number }) => {
  const intl = useIntl();
  return (
    <>
      {result.published_count === 0
        ? <p>{intl.formatMessage(messages.nothingToPublish)}</p>
        : (
          <>
            <h3 className="h4">{intl.formatMessage(messages.goingLive, { count: result.published_count })}</h3>
            <ul>
              {result.published.map(({ key, title, change }, index) => (
                <li key={keyOf({ key }, index)}>{intl.formatMessage(messages.item, { title, change })}</li>
              ))}
            </ul>
            <Rest count={result.published_count - result.published.length} />
          </>
        )}
      <Skipped result={result} />
      {unreviewed > 0 && <p>{intl.formatMessage(messages.unreviewedStay, { count: unreviewed })}</p>}
    </>
  );
};
