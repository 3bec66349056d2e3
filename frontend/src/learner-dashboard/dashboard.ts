/**
 * All that we know of the dashboard's insides. It promises none of this to plugins: where it is not as we know it, it
 * stays as it is without us.
 *
 * The slot gets one page of the list. All courses are in the dashboard's own query, with what the server said about
 * each: among that, the field that our step added in the platform's filter.
 */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';

/** A course as the server describes it; a learner with an entitlement may have no run of it yet. */
interface Course {
  course: { courseName: string };
  courseRun: { courseId?: string, isArchivedByLearner?: boolean } | null;
}

export interface Card extends Course {
  cardId: string;
}

/** What the slot gives to plugins, as far as we use it. */
export interface CourseListData {
  visibleList: Card[];
  numPages: number;
  showFilters: boolean;
}

/** See `learnerDashboardQueryKeys`: what follows is the name of the learner whose dashboard a member of staff views. */
const HOME = ['learner-dashboard', 'initialize'];

/** All cards of the learner's list, whichever the list shows. Undefined if that is unknown, or the list another's. */
export const useAllCards = (visibleList: Card[]): Card[] | undefined => {
  const [query, another] = useQueryClient().getQueryCache().findAll({ queryKey: HOME, type: 'active' });
  if (!query || another || query.queryKey[HOME.length]) { return undefined; }
  const { courses } = (query.state.data ?? {}) as { courses?: Course[] };
  const cards = courses?.map((course, index) => ({ ...course, cardId: `card-${index}` }));
  // The dashboard finds a card by this id. If it counts in another way, we would show one course in place of another.
  const isKnown = ({ cardId, courseRun }: Card) => (
    cards?.some((card) => card.cardId === cardId && card.courseRun?.courseId === courseRun?.courseId)
  );
  return visibleList.every(isKnown) ? cards : undefined;
};

/** Have the dashboard show that the learner has archived the course, or brought it back. */
export const markAsArchived = async (queryClient: QueryClient, courseId: string, isArchivedByLearner: boolean) => {
  // An answer that is on its way may be older than the change.
  await queryClient.cancelQueries({ queryKey: HOME });
  queryClient.setQueriesData<{ courses: Course[] }>({ queryKey: HOME, type: 'active' }, (home) => home && {
    ...home,
    courses: home.courses.map((course) => (course.courseRun?.courseId === courseId
      ? { ...course, courseRun: { ...course.courseRun, isArchivedByLearner } }
      : course)),
  });
};
