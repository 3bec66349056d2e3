import { useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Toast } from '@openedx/paragon';

import messages from './messages';

/** In place of what crashed: after an update of Studio, for one, its files have other names until a reload. */
export const Crashed = () => {
  const intl = useIntl();
  const [isShown, show] = useState(true);
  return (
    <Toast show={isShown} delay={10_000} onClose={() => show(false)} closeLabel={intl.formatMessage(messages.close)}>
      {intl.formatMessage(messages.crashed)}
    </Toast>
  );
};
