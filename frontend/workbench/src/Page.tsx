/** What all pages have in common: Studio's header, and what is shown when there is nothing else to show. */
import type { ReactNode } from 'react';
import { StudioHeader } from '@edx/frontend-component-header';
import { Alert, Container, Spinner } from '@openedx/paragon';
import type { UseQueryResult } from '@tanstack/react-query';

// Links that lead out of this page are addresses in full.
const MENU = {
  id: 'workbench-menu',
  buttonTitle: 'Workbench',
  items: [
    { title: 'Libraries', href: '/libraries' },
    { title: 'What to try', href: `${window.location.origin}/what-to-try/` },
    { title: 'Plain pages', href: `${window.location.origin}/` },
    { title: 'REST API', href: `${window.location.origin}/api/docs/` },
  ],
};

interface PageProps {
  /** For the header: what the page belongs to, and where that is. Without it the header has no menu. */
  context?: { title: string; org?: string; number?: string; link: string };
  children: ReactNode;
}

export const Page = ({ context, children }: PageProps) => (
  <>
    <StudioHeader
      title={context?.title}
      org={context?.org}
      number={context?.number}
      outlineLink={context?.link}
      isHiddenMainMenu={!context}
      mainMenuDropdowns={[MENU]}
      containerProps={{ size: undefined }}
      isNewHomePage
    />
    <main id="main">
      <Container fluid className="px-4 py-4">
        {children}
      </Container>
    </main>
  </>
);

const statusOf = (error: unknown) => (error as { customAttributes?: { httpErrorStatus?: number } })
  .customAttributes?.httpErrorStatus;

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** What was asked for, once it is there. */
export const Loaded = <T extends unknown>({ query, children }: LoadedProps<T>) => {
  if (query.data !== undefined) { return children(query.data); }
  if (query.error) {
    const status = statusOf(query.error);
    return (
      <Alert variant="danger">
        {status === 403 || status === 404 ? 'There is nothing here that you may see.' : query.error.message}
      </Alert>
    );
  }
  return <Spinner animation="border" screenReaderText="Loading" />;
};

export const NotFound = () => <Page><Alert variant="warning">There is no such page.</Alert></Page>;
