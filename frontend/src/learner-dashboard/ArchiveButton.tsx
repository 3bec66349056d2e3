import { useContext } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';
import { Archive, Unarchive } from '@openedx/paragon/icons';

import { Translated } from '../i18n/Translated';
import { ArchivalContext, buttonOf, type Archival } from './archival';
import type { Card } from './dashboard';
import messages from './messages';

const CardButton = ({ card, archive }: { card: Card } & Pick<Archival, 'archive'>) => {
  const { formatMessage } = useIntl();
  const isArchived = card.courseRun!.isArchivedByLearner;
  const course = card.course.courseName;
  return (
    <Button
      id={buttonOf(card.courseRun!.courseId!)}
      variant="tertiary"
      iconBefore={isArchived ? Unarchive : Archive}
      aria-label={formatMessage(isArchived ? messages.bringBackCourse : messages.archiveCourse, { course })}
      onClick={() => archive(card, !isArchived)}
    >
      {formatMessage(isArchived ? messages.bringBack : messages.archive)}
    </Button>
  );
};

/** The button in one card. None where the server does not say whether the learner has archived the course. */
export const ArchiveButton = ({ cardId }: { cardId: string }) => {
  const archival = useContext(ArchivalContext);
  const card = archival?.cards.find((one) => one.cardId === cardId);
  if (card?.courseRun?.isArchivedByLearner === undefined) { return null; }
  return <Translated><CardButton card={card} archive={archival!.archive} /></Translated>;
};
