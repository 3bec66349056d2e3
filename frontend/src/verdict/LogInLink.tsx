import { getLoginRedirectUrl } from '@edx/frontend-platform/auth';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import messages from './messages';

/** Leads to the login and back to this page. Notes are kept in this tab. */
export const LogInLink = () => {
  const intl = useIntl();
  return (
    <Button size="sm" variant="outline-primary" href={getLoginRedirectUrl(window.location.href)}>
      {intl.formatMessage(messages.logIn)}
    </Button>
  );
};
