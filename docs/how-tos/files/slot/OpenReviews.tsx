/** A button in the header of a course unit that opens our page in the sidebar. On every unit page: keep it small. */
import { FormattedMessage } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';
import { FactCheck } from '@openedx/paragon/icons';
import { useSearchParams } from 'react-router-dom';

import { Translated } from '../i18n/Translated';
import messages from './messages';
import { PAGE_KEY } from './UnitSidebarWrapper';

/** `isUnitVerticalType` is Studio's: there are units of other kinds, and these have no such sidebar. */
export const OpenReviews = ({ isUnitVerticalType }: { isUnitVerticalType?: boolean }) => {
  const [, setParams] = useSearchParams();
  if (!isUnitVerticalType) { return null; }
  const open = () => setParams((params) => {
    params.set('sidebar', PAGE_KEY);
    return params;
  });
  return (
    <Translated>
      <Button variant="outline-primary" iconBefore={FactCheck} onClick={open}>
        <FormattedMessage {...messages.open} />
      </Button>
    </Translated>
  );
};
