import { useIntl } from '@edx/frontend-platform/i18n';
import { Toast } from '@openedx/paragon';

import { closePanel } from '../panelState';
import messages from './messages';

/** In place of the panel: after an update of Studio, for one, its files have other names until the page is reloaded. */
export const PanelCrashed = () => {
  const intl = useIntl();
  return (
    <Toast show delay={10_000} onClose={closePanel} closeLabel={intl.formatMessage(messages.close)}>
      {intl.formatMessage(messages.crashed)}
    </Toast>
  );
};
