/** Adds our page to the sidebar of Studio's unit page. On every unit page: keep it small. */
import {
  lazy, Suspense, useContext, useMemo, type ContextType, type ReactNode,
} from 'react';
import { ErrorBoundary } from '@edx/frontend-platform/react';
import { Card } from '@openedx/paragon';
import { FactCheck } from '@openedx/paragon/icons';

import { loadUnitSidebarPages } from '../host/studio';
import { Translated } from '../i18n/Translated';
import { useTranslations } from '../i18n/useTranslations';
import { loadOnce } from '../loadOnce';
import { libraryBlocks, UnitBlocks, type XBlock } from './blocks';
import messages from './messages';
import { ReviewsPage } from './ReviewsPage';

const UnreviewedBlocks = lazy(async () => ({ default: (await import('./UnreviewedBlocks')).UnreviewedBlocks }));

/** Above the sidebar, whichever of its pages is open. Nothing is loaded for a unit that has nothing from a library. */
const Warnings = () => (libraryBlocks(useContext(UnitBlocks)).length === 0 ? null : (
  <Translated><Suspense fallback={null}><UnreviewedBlocks /></Suspense></Translated>
));

/** Seen in the page's address, `?sidebar=…`, where other plugins have theirs. */
const PAGE_KEY = 'sample-plugin-reviews';

const usePagesContext = loadOnce(async () => await loadUnitSidebarPages() ?? null);
type PagesContext = NonNullable<ReturnType<typeof usePagesContext>>;

/** For a Studio whose sidebar has no pages. */
const WithCard = ({ children }: { children: ReactNode }) => (
  <>
    {children}
    <Card className="mt-3">
      <Card.Section><ReviewsPage /></Card.Section>
    </Card>
  </>
);

const WithPage = ({ context: Pages, children }: { context: PagesContext, children: ReactNode }) => {
  const pages = useContext<ContextType<PagesContext>>(Pages);
  // Studio puts the title into words itself, and knows none of our translations.
  const defaultMessage = useTranslations()?.[messages.title.id] ?? messages.title.defaultMessage;
  const allPages = useMemo(() => ({
    ...pages,
    [PAGE_KEY]: { component: ReviewsPage, icon: FactCheck, title: { ...messages.title, defaultMessage } },
  }), [pages, defaultMessage]);

  if (!pages) { return <WithCard>{children}</WithCard>; }
  return <Pages.Provider value={allPages}>{children}</Pages.Provider>;
};

const WithReviews = ({ children }: { children: ReactNode }) => {
  const context = usePagesContext();
  // The sidebar has to wait a moment: where its address asks for our page, it crashes without it.
  if (context === undefined) { return null; }
  return context === null ? <WithCard>{children}</WithCard> : <WithPage context={context}>{children}</WithPage>;
};

const NO_BLOCKS: XBlock[] = [];
const NOTHING = <></>; // eslint-disable-line react/jsx-no-useless-fragment

/** If we fail, Studio's own sidebar is shown without us. */
export const UnitSidebarWrapper = ({ component, pluginProps }: {
  component: ReactNode,
  pluginProps?: { xBlocks?: XBlock[] | null },
}) => (
  <ErrorBoundary fallbackComponent={component}>
    <UnitBlocks.Provider value={pluginProps?.xBlocks ?? NO_BLOCKS}>
      {/* If this fails, the page of ours says what is wrong. */}
      <ErrorBoundary fallbackComponent={NOTHING}><Warnings /></ErrorBoundary>
      <WithReviews>{component}</WithReviews>
    </UnitBlocks.Provider>
  </ErrorBoundary>
);
