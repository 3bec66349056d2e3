/** With the plugin framework's slot, our own configuration, and a sidebar that does what Studio's does. */
import { useContext, useMemo, useState } from 'react';
import { mergeConfig } from '@edx/frontend-platform';
import { useIntl } from '@edx/frontend-platform/i18n';
import { configure as configureLogging, MockLoggingService } from '@edx/frontend-platform/logging';
import { PluginSlot } from '@openedx/frontend-plugin-framework';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { UnitSidebarPagesContext } from 'CourseAuthoring/course-unit/unit-sidebar/UnitSidebarPagesContext';

import { pluginSlots } from '../pluginSlots';
import { API, mockStudio, renderInStudio } from '../testing/render';
import type { XBlock } from './blocks';

jest.mock('CourseAuthoring/course-unit/unit-sidebar/UnitSidebarPagesContext', () => ({
  UnitSidebarPagesContext: jest.requireActual('react').createContext(undefined),
}), { virtual: true });

jest.mock('../i18n/index', () => ({
  __esModule: true,
  default: [{ ar: { 'sample-plugin-reviews.unit-page.title': 'مراجعات' } }],
}));

const SLOT = 'org.openedx.frontend.authoring.course_unit_sidebar.v2';
const VERSIONS = new RegExp(`${API}/entities/versions/`);
const SALT: XBlock = {
  id: 'salt', name: 'Salt', upstreamLink: { upstreamRef: 'lb:Test:Bread:html:salt', versionSynced: 2, versionAvailable: 2 },
};

let mounted = 0;

/** Studio's own page. */
const Info = () => {
  useState(() => { mounted += 1; });
  return <p>Studio’s own</p>;
};

const StudioSidebar = ({ opened = 'info' }: { opened?: string }) => {
  const intl = useIntl();
  const pages = useContext(UnitSidebarPagesContext)!;
  const [current, setCurrent] = useState(opened);
  const { component: Page } = pages[current]!; // As in Studio: there is no such page, and it crashes.
  return (
    <>
      <Page />
      {Object.entries(pages).map(([key, { title }]) => (
        <button key={key} type="button" onClick={() => setCurrent(key)}>{intl.formatMessage(title)}</button>
      ))}
    </>
  );
};

const PAGES = { info: { component: Info, icon: () => null, title: { id: 'info', defaultMessage: 'Info' } } };

let setXBlocks: (xBlocks: XBlock[]) => void;

const UnitPage = ({ xBlocks: initial, opened, slots = 1 }: { xBlocks: XBlock[], opened?: string, slots?: number }) => {
  const [xBlocks, set] = useState(initial);
  setXBlocks = set;
  // Studio, too, makes the pages anew now and then.
  const pages = useMemo(() => xBlocks && { ...PAGES }, [xBlocks]);
  return (
    <UnitSidebarPagesContext.Provider value={pages}>
      {Array.from({ length: slots }, (_, number) => (
        <PluginSlot key={number} id={SLOT} pluginProps={{ xBlocks }}><StudioSidebar opened={opened} /></PluginSlot>
      ))}
    </UnitSidebarPagesContext.Provider>
  );
};

const mockServer = () => {
  const http = mockStudio();
  configureLogging(MockLoggingService, { config: {} });
  mergeConfig({ pluginSlots, ENABLE_UNIT_PAGE_NEW_DESIGN: 'true' });
  http.onGet(VERSIONS).reply(200, {
    results: [{
      key: 'lb:Test:Bread:html:salt',
      title: 'Salt',
      version_num: 2,
      is_reviewed: false,
      reviews: [],
      reviewer_count: 0,
      judgement: null,
    }],
    missing: [],
  });
  return http;
};

beforeEach(() => { mounted = 0; });

it('adds a page to Studio’s sidebar', async () => {
  mockServer();
  renderInStudio(<UnitPage xBlocks={[SALT]} />);

  expect(await screen.findByText('Studio’s own')).toBeVisible();
  expect(screen.queryByRole('heading')).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Reviews' }));
  expect(await screen.findByRole('heading', { name: 'Salt' })).toBeVisible();
  expect(screen.getByText('Not reviewed')).toBeVisible();
  expect(screen.queryByText('Studio’s own')).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Info' }));
  expect(await screen.findByText('Studio’s own')).toBeVisible();
});

it('is there when the address asks for it, also without any blocks', async () => {
  mockServer();
  renderInStudio(<UnitPage xBlocks={[]} opened="sample-plugin-reviews" />);
  expect(await screen.findByText('Nothing in this unit comes from a library.')).toBeVisible();
});

it('shows the blocks once Studio has them, on the page that is already there', async () => {
  mockServer();
  renderInStudio(<UnitPage xBlocks={[]} opened="sample-plugin-reviews" />);
  const heading = await screen.findByRole('heading', { name: 'Content from libraries' });
  act(() => setXBlocks([SALT]));
  expect(await screen.findByText('Not reviewed')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Content from libraries' })).toBe(heading);
});

it('asks anew once a block was synced', async () => {
  const http = mockServer();
  renderInStudio(<UnitPage xBlocks={[SALT]} opened="sample-plugin-reviews" />);
  await screen.findByText('Not reviewed');
  act(() => setXBlocks([{ ...SALT, upstreamLink: { ...SALT.upstreamLink, versionSynced: 3, versionAvailable: 3 } }]));
  expect(await screen.findByText('In this course: version 3')).toBeVisible();
  expect(http.history.get!.map(({ url }) => new URL(url!).searchParams.get('version')))
    .toEqual(['lb:Test:Bread:html:salt@2', 'lb:Test:Bread:html:salt@3']);
});

it('is a card below the sidebar where Studio has no pages around it', async () => {
  mockServer();
  renderInStudio(<PluginSlot id={SLOT} pluginProps={{ xBlocks: [SALT] }}><Info /></PluginSlot>);
  expect(await screen.findByRole('heading', { name: 'Salt' })).toBeVisible();
  expect(screen.getByText('Studio’s own')).toBeVisible();
});

it('leaves Studio’s pages mounted when its blocks change', async () => {
  mockServer();
  renderInStudio(<UnitPage xBlocks={[]} />);
  await screen.findByText('Studio’s own');
  act(() => setXBlocks([SALT]));
  expect(mounted).toBe(1);
});

it('is there at once after the first time', async () => {
  mockServer();
  const { unmount } = renderInStudio(<UnitPage xBlocks={[SALT]} />);
  await screen.findByRole('button', { name: 'Reviews' });
  unmount();
  renderInStudio(<UnitPage xBlocks={[SALT]} />);
  expect(screen.getByRole('button', { name: 'Reviews' })).toBeVisible();
});

it('asks the server once, although Studio mounts the slot twice', async () => {
  const http = mockServer();
  renderInStudio(<UnitPage xBlocks={[SALT]} opened="sample-plugin-reviews" slots={2} />);
  expect(await screen.findAllByText('Not reviewed')).toHaveLength(2);
  expect(http.history.get).toHaveLength(1);
});

it('has its name in Studio’s language', async () => {
  mockServer();
  renderInStudio(<UnitPage xBlocks={[]} opened="sample-plugin-reviews" />, { locale: 'ar' });
  expect(await screen.findByRole('button', { name: 'مراجعات' })).toBeVisible();
});

it('keeps to its page when it crashes', async () => {
  mockServer();
  jest.spyOn(console, 'error').mockImplementation(() => {});
  // Nobody promised what a block looks like.
  renderInStudio(<UnitPage xBlocks={[null as never]} opened="sample-plugin-reviews" />);
  expect(await screen.findByText(/^Something went wrong here/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Info' }));
  expect(screen.getByText('Studio’s own')).toBeVisible();
});
