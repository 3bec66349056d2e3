/** With the plugin framework's slots, our own configuration, and a dashboard that does what the platform's does. */
import { useState, type ReactNode } from 'react';
import { mergeConfig } from '@edx/frontend-platform';
import { configure as configureLogging, MockLoggingService } from '@edx/frontend-platform/logging';
import { PLUGIN_OPERATIONS, PluginSlot } from '@openedx/frontend-plugin-framework';
import { useQuery } from '@tanstack/react-query';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { mockStudio, renderInStudio } from '../testing/render';
import type { Card, CourseListData } from './dashboard';
import { pluginSlots } from './pluginSlots';

const LIST = 'org.openedx.frontend.learner_dashboard.course_list.v1';
const urlOf = (name: string) => (
  `http://lms.test/api/sample-plugin/archival/v1/courses/${encodeURIComponent(`course-v1:Test+${name}+2026`)}/`
);

const aCourse = (name: string, isArchivedByLearner?: boolean) => ({
  course: { courseName: name },
  courseRun: { courseId: `course-v1:Test+${name}+2026`, isArchivedByLearner },
});

/** What the LMS answers; a test may change it. */
let home: () => Promise<{ courses: object[] }>;

/** By whom the dashboard is viewed as whom, and how it names what it asks for and its cards. */
interface Surroundings {
  viewedAs?: string;
  query?: string;
  cardIdOf?: (index: number) => string;
}

const useHome = ({ viewedAs, query = 'initialize', cardIdOf = (index) => `card-${index}` }: Surroundings) => {
  const { data } = useQuery({ queryKey: ['learner-dashboard', query, viewedAs], queryFn: () => home() });
  return data?.courses.map((course, index) => ({ ...course, cardId: cardIdOf(index) }) as Card);
};

/** The dashboard finds what it shows of a card in its own data. */
const DashboardCard = ({ cardId, ...how }: { cardId: string } & Surroundings) => (
  <article>
    <h3>{useHome(how)?.find((card) => card.cardId === cardId)?.course.courseName}</h3>
    <PluginSlot id="org.openedx.frontend.learner_dashboard.course_card_action.v1" pluginProps={{ cardId }}>{null}</PluginSlot>
  </article>
);

const CourseList = ({ courseListData, ...how }: { courseListData: CourseListData } & Surroundings) => (
  <div>
    {courseListData.showFilters && <p>Filters</p>}
    {courseListData.visibleList.map(({ cardId }) => <DashboardCard key={cardId} cardId={cardId} {...how} />)}
    {courseListData.numPages > 1 && <p>Pages</p>}
  </div>
);

/** Three cards on a page. */
const Dashboard = (how: Surroundings) => {
  const cards = useHome(how);
  const [page, setPage] = useState(0);
  if (!cards) { return null; }
  const courseListData = {
    visibleList: cards.slice(page * 3, page * 3 + 3), numPages: Math.ceil(cards.length / 3), showFilters: true,
  };
  return (
    <>
      <button type="button" onClick={() => setPage(1)}>2</button>
      <PluginSlot id={LIST} pluginProps={{ courseListData }}>
        <CourseList courseListData={courseListData} {...how} />
      </PluginSlot>
    </>
  );
};

const start = (courses: object[], how: Surroundings = {}) => {
  const http = mockStudio('learner');
  configureLogging(MockLoggingService, { config: {} });
  mergeConfig({ pluginSlots });
  http.onPut().reply(200).onDelete().reply(204);
  home = async () => ({ courses });
  const { queryClient } = renderInStudio(<Dashboard {...how} />);
  return { http, queryClient };
};

const names = (within_ = screen as Pick<typeof screen, 'queryAllByRole'>) => (
  within_.queryAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)
);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const archivedPart = (count: number) => screen.findByRole('button', { name: `Archived courses (${count})` });
const FOUR = ['Bread', 'Cake', 'Pie', 'Tart'].map((name) => aCourse(name, false));

it('puts a card below the others, and back, with the focus on what is next', async () => {
  const { http } = start(FOUR);
  await userEvent.click(await screen.findByRole('button', { name: 'Archive Cake' }));

  const toggle = await archivedPart(1);
  expect(toggle).toHaveAttribute('aria-expanded', 'false');
  expect(names()).toEqual(['Bread', 'Pie']);
  expect(screen.getByRole('status')).toHaveTextContent('Archived: Cake');
  expect(screen.getByRole('button', { name: 'Undo' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText('Brought back: Cake')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Archive Cake' })).toHaveFocus();
  expect(toggle).not.toBeInTheDocument();

  await press('Archive Cake');
  await archivedPart(1);
  await press('Close');
  expect(screen.getByRole('button', { name: 'Archive Pie' })).toHaveFocus();
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  expect([http.history.put!, http.history.delete!].map((sent) => sent.map(({ url }) => url)))
    .toEqual([[urlOf('Cake'), urlOf('Cake')], [urlOf('Cake')]]);
});

it('has all archived cards together, on each page of the list', async () => {
  start([...FOUR.slice(0, 3), aCourse('Roll', true), aCourse('Scone', true), aCourse('Waffle', true)]);
  await userEvent.click(await archivedPart(3));
  const part = screen.getByRole('region', { name: 'Archived courses (3)' });
  expect(names(within(part))).toEqual(['Roll', 'Scone', 'Waffle']);
  // What the list has around its cards is there once.
  expect(within(part).queryByText(/Filters|Pages/)).not.toBeInTheDocument();
  await press('2');
  expect(screen.getByText('You have archived all courses of this list.')).toBeVisible();
  expect(screen.getByText('Pages')).toBeVisible();
  await press('Bring back Scone');
  await archivedPart(2);
  expect(names()).toEqual(['Scone', 'Roll', 'Waffle']);
  expect(screen.getByRole('button', { name: 'Undo' })).toHaveFocus();
});

it('leaves the list as it is, and says so, when the request fails', async () => {
  const { http } = start(FOUR);
  http.reset();
  http.onPut(urlOf('Cake')).networkError();
  await userEvent.click(await screen.findByRole('button', { name: 'Archive Cake' }));
  expect(await screen.findByText('Cake could not be archived. Try again.')).toBeVisible();
  expect(names()).toEqual(['Bread', 'Cake', 'Pie']);
  expect(screen.getByRole('button', { name: 'Archive Cake' })).toHaveFocus();
  expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();

  http.onPut(urlOf('Pie')).reply(200).onDelete(urlOf('Pie')).reply(503);
  await press('Archive Pie');
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Pie could not be brought back. Try again.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Close' })).toHaveFocus();
  expect(names()).toEqual(['Bread', 'Cake']);
});

it('is not undone by an older answer of the server', async () => {
  const { queryClient } = start(FOUR);
  const button = await screen.findByRole('button', { name: 'Archive Cake' });
  let answer = () => {};
  home = () => new Promise((resolve) => { answer = () => resolve({ courses: FOUR }); });
  act(() => { queryClient.invalidateQueries(); });
  await userEvent.click(button);
  const toggle = await archivedPart(1);
  await act(async () => answer());
  await userEvent.click(toggle);
  expect(names()).toEqual(['Bread', 'Pie', 'Cake']);
});

it('takes its message back once the server has brought the card back', async () => {
  const { queryClient } = start(FOUR);
  await userEvent.click(await screen.findByRole('button', { name: 'Archive Cake' }));
  await archivedPart(1);
  act(() => { queryClient.invalidateQueries(); });
  expect(await screen.findByRole('button', { name: 'Archive Cake' })).toBeVisible();
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

it('has no button where the server does not say whether the learner has archived the course', async () => {
  start([aCourse('Bread'), { ...aCourse('Cake'), courseRun: null }, aCourse('Pie', false)]);
  expect(await screen.findByRole('button', { name: 'Archive Pie' })).toBeVisible();
  expect(screen.queryAllByRole('button', { name: /^Archive/ })).toHaveLength(1);
  expect(names()).toEqual(['Bread', 'Cake', 'Pie']);
});

describe('the dashboard’s own list stays as it is', () => {
  const COURSES = [aCourse('Bread', true), aCourse('Cake', false)];
  const expectOwnList = async () => {
    expect(await screen.findByText('Bread')).toBeVisible();
    expect(names()).toEqual(['Bread', 'Cake']);
    expect(screen.queryByRole('button', { name: /^(Archive|Bring)/ })).not.toBeInTheDocument();
  };

  it.each<[string, Surroundings]>([
    ['while staff view the dashboard of another', { viewedAs: 'another' }],
    ['where it names its data in another way', { query: 'start' }],
    ['where it counts its cards in another way', { cardIdOf: (index) => `card-${1 - index}` }],
  ])('%s', async (_, how) => {
    start(COURSES, how);
    await expectOwnList();
  });

  it('where another plugin has put something around it', async () => {
    start(COURSES);
    const Around = ({ component }: { component: ReactNode }) => <div>{component}</div>;
    const [ours] = pluginSlots[LIST].plugins;
    act(() => mergeConfig({
      pluginSlots: {
        ...pluginSlots,
        [LIST]: { keepDefault: true, plugins: [{ ...ours, op: PLUGIN_OPERATIONS.Wrap, wrapper: Around }, ours] },
      },
    }));
    await expectOwnList();
  });

  it('where ours crashes', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
    const { queryClient } = start(COURSES);
    const cache = queryClient.getQueryCache();
    jest.spyOn(cache, 'findAll').mockImplementation(() => { throw new Error('Another version of it.'); });
    await expectOwnList();
  });
});
