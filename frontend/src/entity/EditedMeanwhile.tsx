import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert, Button } from '@openedx/paragon';

import messages from './messages';

/** In the place of a verdict, until the reviewer has the new draft shown. */
export const EditedMeanwhile = ({ onShow }: { onShow: () => void }) => {
  const intl = useIntl();
  return (
    <Alert variant="warning" className="p-3 mt-2">
      <p>{intl.formatMessage(messages.editedMeanwhile)}</p>
      <Button variant="outline-primary" size="sm" onClick={onShow}>
        {intl.formatMessage(messages.showLatest)}
      </Button>
    </Alert>
  );
};
