/** What the dashboard loads and changes, under the platform's own names. */
import { getConfig } from '@edx/frontend-platform';
import { getAuthenticatedHttpClient } from '@edx/frontend-platform/auth';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

interface Course {
  courseProvider: { name: string };
  course: { courseName: string, courseNumber: string };
  courseRun: { courseId: string };
  enrollment: { isVerified: boolean };
}

export interface Card extends Course {
  cardId: string;
}

const HOME = ['learner-dashboard', 'initialize'];
const url = (path: string) => `${getConfig().LMS_BASE_URL}/api/${path}`;

const withIds = ({ courses }: { courses: Course[] }): Card[] => (
  courses.map((course, index) => ({ ...course, cardId: `card-${index}` }))
);

/** The cards of the learner's list. */
export const useHome = () => useQuery<{ courses: Course[] }, Error, Card[]>({
  // The dashboard has a third part, whose it is while staff view that of another learner.
  queryKey: [...HOME, undefined],
  queryFn: async () => (await getAuthenticatedHttpClient().get(url('learner_home/init'))).data,
  select: withIds,
});

/** On the platform a shop does this. */
export const useUpgrade = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (courseId: string) => (
      getAuthenticatedHttpClient().post(url(`workbench/enrollments/${encodeURIComponent(courseId)}/upgrade/`))
    ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: HOME }),
  });
};
