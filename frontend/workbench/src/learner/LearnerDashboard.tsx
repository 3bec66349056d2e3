/** The learner's dashboard, as far as its slots for the list and for the cards need it. */
import Header from '@edx/frontend-component-header';
import { AppProvider } from '@edx/frontend-platform/react';
import { PluginSlot } from '@openedx/frontend-plugin-framework';
import { Container, Pagination } from '@openedx/paragon';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router-dom';

import { Loaded } from '../Page';
import { CourseCard } from './CourseCard';
import { useHome, type Card } from './data';

export const DASHBOARD_PATH = '/learner-dashboard';

// On the platform 25. The demo's learner has six courses, and more than one page.
const PAGE_SIZE = 4;

const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 5 * 60_000 } } });

interface CourseListProps {
  courseListData: {
    visibleList: Card[];
    numPages: number;
    setPageNumber: (page: number) => void;
    showFilters: boolean;
    filterOptions: string[];
  };
}

/** What the slot has by default. */
const CourseList = ({ courseListData: { visibleList, numPages, setPageNumber } }: CourseListProps) => (
  <div className="d-flex flex-column flex-grow-1">
    {visibleList.map(({ cardId }) => <CourseCard key={cardId} cardId={cardId} />)}
    {numPages > 1 && (
      <Pagination
        variant="secondary"
        paginationLabel="Course List"
        className="mx-auto mb-2"
        pageCount={numPages}
        onPageSelect={setPageNumber}
      />
    )}
  </div>
);

const CourseListSlot = ({ cards }: { cards: Card[] }) => {
  const [pageNumber, setPageNumber] = useState(1);
  // What the dashboard hands to plugins: one page of the list.
  const courseListData = useMemo(() => ({
    visibleList: cards.slice((pageNumber - 1) * PAGE_SIZE, pageNumber * PAGE_SIZE),
    numPages: Math.ceil(cards.length / PAGE_SIZE),
    setPageNumber,
    showFilters: false,
    filterOptions: [],
  }), [cards, pageNumber]);
  return (
    <PluginSlot
      id="org.openedx.frontend.learner_dashboard.course_list.v1"
      pluginProps={{ courseListData }}
    >
      <CourseList courseListData={courseListData} />
    </PluginSlot>
  );
};

const Dashboard = () => (
  <>
    <Header />
    <main id="main">
      <Container size="lg" className="py-4">
        <h1 className="sr-only">Learner home</h1>
        <h2 className="mb-3">My Courses</h2>
        <Loaded query={useHome()}>
          {(cards) => (cards.length > 0 ? <CourseListSlot cards={cards} /> : <p>You take no courses.</p>)}
        </Loaded>
      </Container>
    </main>
  </>
);

const router = createBrowserRouter([{ path: '*', element: <Dashboard /> }], { basename: DASHBOARD_PATH });

export const LearnerDashboard = () => (
  <AppProvider wrapWithRouter={false}>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </AppProvider>
);
