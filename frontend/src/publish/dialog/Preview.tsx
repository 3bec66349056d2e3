import { useIntl } from '@edx/frontend-platform/i18n';

import { Alert } from '@openedx/paragon';
import { Link } from 'react-router-dom';

import type { Library, Published, PublishResult } from '../../data/api';
import type { Changes } from '../../data/compare';
import { keyOf } from '../../data/keyOf';
import { ALL, addressWith } from '../../reviewsAddress';
import messages from './messages';

/** What is named of a long list; the counts are whole. */
const Rest = ({ count }: { count: number }) => {
  const intl = useIntl();
  return count > 0 ? <p className="small">{intl.formatMessage(messages.more, { count })}</p> : null;
};

/** What stays behind, and why; each opens in the workspace. */
export const Skipped = ({ result, onOpen }: { result: PublishResult, onOpen: () => void }) => {
  const intl = useIntl();
  if (!result.skipped_count) { return null; }
  return (
    <>
      <h3 className="h4">{intl.formatMessage(messages.staying, { count: result.skipped_count })}</h3>
      <ul>
        {result.skipped.map(({ key, title, reason }, index) => (
          <li key={keyOf({ key }, index)}>
            {intl.formatMessage(messages.skipped, {
              title: key
                ? <Link to={`?${addressWith(ALL, { whose: 'all', change: key })}`} onClick={onOpen}><bdi>{title}</bdi></Link>
                : <bdi>{title}</bdi>,
              reason,
            })}
          </li>
        ))}
      </ul>
      <Rest count={result.skipped_count - result.skipped.length} />
    </>
  );
};

/** What is otherwise than the preview said. */
export const Differences = ({ changes, isDone = false }: { changes: Changes | undefined, isDone?: boolean }) => {
  const intl = useIntl();
  if (!changes) { return null; }
  const { added, removed } = changes;
  return (
    <Alert variant="warning" className="p-3">
      <p className="mb-0">{intl.formatMessage(messages.changed, { isDone })}</p>
      <ul className="mb-0">
        {[...added.map((item) => ({ item, isAdded: true })), ...removed.map((item) => ({ item, isAdded: false }))]
          .map(({ item: { key, title, change }, isAdded }, index) => (
            <li key={`${isAdded} ${keyOf({ key }, index)}`} dir="auto">
              {intl.formatMessage(messages.changedItem, { title, change, isAdded })}
            </li>
          ))}
      </ul>
    </Alert>
  );
};

/** What would happen. */
export const Preview = ({
  result, unreviewed, mode, onOpen,
}: {
  result: Published,
  unreviewed: number,
  mode: Library['mode'],
  onOpen: () => void,
}) => {
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
      <Skipped result={result} onOpen={onOpen} />
      {!result.steps_asked && <p>{intl.formatMessage(messages.stepsNotAsked)}</p>}
      {unreviewed > 0 && <p>{intl.formatMessage(messages.unreviewedStay, { count: unreviewed, mode })}</p>}
    </>
  );
};
