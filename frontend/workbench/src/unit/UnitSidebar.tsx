import { useContext, type ReactNode } from 'react';
import { Icon, IconButton } from '@openedx/paragon';
import { Info } from '@openedx/paragon/icons';
import { useIntl } from '@edx/frontend-platform/i18n';
import { useSearchParams } from 'react-router-dom';

import { UnitSidebarPagesContext } from '../studio/course-unit/unit-sidebar/UnitSidebarPagesContext';

const InfoPage = () => <p>This unit is a draft. In Studio, this is where it is published.</p>;

const OWN_PAGES = {
  info: { component: InfoPage, icon: Info, title: { id: 'workbench.unit.info', defaultMessage: 'Info' } },
};

export const UnitSidebarPagesProvider = ({ children }: { children: ReactNode }) => (
  <UnitSidebarPagesContext.Provider value={OWN_PAGES}>{children}</UnitSidebarPagesContext.Provider>
);

/** One page at a time, ours or a plugin's. Which one is in the address: `?sidebar=<key>`. */
export const UnitSidebar = () => {
  const { formatMessage } = useIntl();
  const [params, setParams] = useSearchParams();
  const pages = useContext(UnitSidebarPagesContext)!;
  const shown = params.get('sidebar') ?? 'info';
  // As in Studio, an address with a page that nobody has registered is an error.
  const { component: Shown, title } = pages[shown]!;
  return (
    <aside className="unit-sidebar bg-white border d-flex" aria-label="Unit">
      <div className="unit-sidebar-page p-3">
        <h2 className="h4">{formatMessage(title)}</h2>
        <Shown />
      </div>
      <div className="d-flex flex-column border-left p-1">
        {Object.entries(pages).map(([key, page]) => (
          <IconButton
            key={key}
            src={page.icon}
            iconAs={Icon}
            alt={formatMessage(page.title)}
            isActive={key === shown}
            aria-pressed={key === shown}
            onClick={() => setParams({ sidebar: key })}
          />
        ))}
      </div>
    </aside>
  );
};
