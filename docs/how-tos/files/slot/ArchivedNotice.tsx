import { useContext } from 'react';
import { FormattedMessage } from '@edx/frontend-platform/i18n';

import { Translated } from '../i18n/Translated';
import { ArchivalContext } from './archival';
import messages from './messages';

/** In an archived card: when it comes back by itself. */
export const ArchivedNotice = ({ cardId }: { cardId?: string }) => {
  const card = useContext(ArchivalContext)?.cards.find((one) => one.cardId === cardId);
  if (!card?.courseRun?.isArchivedByLearner) { return null; }
  return <Translated><p className="small px-4"><FormattedMessage {...messages.comesBack} /></p></Translated>;
};
