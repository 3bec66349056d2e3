/** The dashboard's own list twice: with the active cards, and below it with the archived ones. */
import {
  cloneElement, isValidElement, useState, type ReactElement, type ReactNode,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { ErrorBoundary } from '@edx/frontend-platform/react';
import { Button } from '@openedx/paragon';
import { ExpandLess, ExpandMore } from '@openedx/paragon/icons';

import { Translated } from '../i18n/Translated';
import { ArchivalContext, TOGGLE, type Archival } from './archival';
import { useAllCards, type Card, type CourseListData } from './dashboard';
import messages from './messages';
import { Status } from './Status';
import { useChanges } from './useChanges';

/** Closed at first: the learner has put these away. */
const ArchivedCourses = ({ count, children }: { count: number, children: ReactNode }) => {
  const { formatMessage } = useIntl();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section aria-labelledby={TOGGLE}>
      <h2 className="my-3">
        <Button
          id={TOGGLE}
          variant="tertiary"
          className="font-weight-bold"
          iconAfter={isOpen ? ExpandLess : ExpandMore}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {formatMessage(messages.archivedCourses, { count })}
        </Button>
      </h2>
      {isOpen && children}
    </section>
  );
};

const NothingHere = () => <p>{useIntl().formatMessage(messages.nothingHere)}</p>;

type List = ReactElement<{ courseListData: CourseListData }>;

/** Whether it is the dashboard's own, and not what another plugin has put around it. */
const isOwnList = (list: ReactNode): list is List => (
  isValidElement<{ courseListData?: CourseListData }>(list) && list.props.courseListData !== undefined
);

const isArchived = ({ courseRun }: Card) => courseRun?.isArchivedByLearner === true;

interface TwoListsProps {
  list: List;
  cards: Card[];
  changes: ReturnType<typeof useChanges>;
}

const TwoLists = ({ list, cards, changes }: TwoListsProps) => {
  const {
    last, archive, undo, close,
  } = changes;
  const data = list.props.courseListData;
  // All of them, from whichever page. What the slot got may be older than what we know.
  const archived = cards.filter(isArchived);
  const active = data.visibleList.filter(({ cardId }) => !archived.some((card) => card.cardId === cardId));
  // An upgrade, or another tab, may have moved the card since.
  const isStillSo = !last?.isDone || last.isArchived === archived.some(({ courseRun }) => (
    courseRun!.courseId === last.card.courseRun!.courseId
  ));
  const show = (visibleList: Card[], more?: Partial<CourseListData>) => (
    cloneElement(list, { courseListData: { ...data, ...more, visibleList } })
  );

  // Made anew each time: there is nothing to save while the dashboard renders all of its cards.
  // eslint-disable-next-line react/jsx-no-constructed-context-values
  const archival: Archival = {
    cards,
    archive: (card: Card, toBeArchived: boolean) => {
      const around = toBeArchived ? active : archived;
      const index = around.findIndex(({ cardId }) => cardId === card.cardId);
      archive(card, toBeArchived, around[index + 1] ?? around[index - 1]);
    },
  };
  return (
    <ArchivalContext.Provider value={archival}>
      {data.visibleList.length > 0 && active.length === 0 && <Translated><NothingHere /></Translated>}
      {show(active)}
      <Translated>
        {archived.length > 0 && (
          <ArchivedCourses count={archived.length}>
            {show(archived, { numPages: 1, showFilters: false })}
          </ArchivedCourses>
        )}
        <Status change={isStillSo ? last : undefined} onUndo={undo} onClose={close} />
      </Translated>
    </ArchivalContext.Provider>
  );
};

const IfKnown = ({ list }: { list: ReactNode }) => {
  const isOwn = isOwnList(list);
  const changes = useChanges();
  // What a change has changed is there as soon as the change is known, and can get the focus.
  const cards = useAllCards(isOwn ? list.props.courseListData.visibleList : []);
  return isOwn && cards ? <TwoLists list={list} cards={cards} changes={changes} /> : list;
};

/** If we fail, the dashboard's own list is shown without us. */
export const CourseListWrapper = ({ component }: { component: ReactNode }) => (
  <ErrorBoundary fallbackComponent={component}><IfKnown list={component} /></ErrorBoundary>
);
