/** Where nothing is refused, everybody reads that; and those who may publish, how much of it was not reviewed. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert, Icon } from '@openedx/paragon';
import { Warning } from '@openedx/paragon/icons';

import { Ago } from '../common';
import type { Library } from '../data/api';
import { useTab, writeTab } from '../tabStorage';
import messages from './messages';

export const ModeLine = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const { mode, last_publish: last } = library;
  // By the publish: the next one is told again.
  const dismissedName = `last-publish.${library.key}`;
  const dismissed = useTab(dismissedName);
  if (mode === 'required') { return null; }
  const isTold = last !== null && last.unreviewed_count > 0 && dismissed !== String(last.publish_log_id);
  return (
    <>
      <p className={`d-flex align-items-center small px-3 py-1 mb-0 border-bottom ${mode === 'off' ? 'bg-warning-100' : ''}`}>
        {mode === 'off' && <Icon src={Warning} size="xs" className="mr-1" />}
        {intl.formatMessage(messages.mode, { mode })}
      </p>
      {isTold && (
        <Alert
          variant="info"
          className="p-3 mb-0"
          dismissible
          onClose={() => writeTab(dismissedName, String(last.publish_log_id))}
          closeLabel={intl.formatMessage(messages.dismiss)}
        >
          {intl.formatMessage(messages.lastPublish, {
            unreviewed: last.unreviewed_count,
            total: last.change_count,
            allOrSome: last.unreviewed_count === last.change_count ? 'all' : 'some',
            ago: <Ago time={last.published_at} />,
          })}
        </Alert>
      )}
    </>
  );
};
