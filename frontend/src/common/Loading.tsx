import { useIntl } from '@edx/frontend-platform/i18n';
import { Spinner } from '@openedx/paragon';

import messages from './messages';

export const Loading = () => (
  <div className="d-flex justify-content-center p-4">
    <Spinner animation="border" screenReaderText={useIntl().formatMessage(messages.loading)} />
  </div>
);
