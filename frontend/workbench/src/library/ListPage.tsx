import { Nav } from '@openedx/paragon';
import { NavLink, useNavigate, useParams } from 'react-router-dom';

import type { LibraryContent } from '../data';
import { AddContent } from './AddContent';
import { ItemList } from './ItemList';
import { LibraryPage } from './LibraryPage';
import { TABS } from './tabs';

interface ListPageProps {
  library: LibraryContent;
  /** The path of the tab. */
  tab: string;
}

/** What a library holds, or a kind of it. */
export const ListPage = ({ library, tab }: ListPageProps) => {
  const { selectedItemId } = useParams();
  const navigate = useNavigate();
  const pathOf = (path: string) => [`/library/${library.key}`, path].filter(Boolean).join('/');
  const { has } = TABS.find(({ path }) => path === tab)!;
  return (
    <LibraryPage
      library={library}
      title={library.title}
      subtitle={library.description || library.key}
      selectedKey={selectedItemId}
      onClose={() => navigate(pathOf(tab))}
    >
      <Nav variant="tabs" className="mb-3" aria-label="Kinds of content">
        {TABS.map(({ path, title }) => (
          <Nav.Item key={path}>
            <Nav.Link as={NavLink} to={pathOf(path)} end={path === ''} active={path === tab}>{title}</Nav.Link>
          </Nav.Item>
        ))}
      </Nav>
      {library.canEdit && <AddContent library={library} pathOf={(key) => `${pathOf('')}/${key}`} />}
      <ItemList
        library={library}
        items={library.items.filter(has)}
        selectedKey={selectedItemId}
        pathOf={(item) => `${pathOf(tab)}/${item.key}`}
      />
    </LibraryPage>
  );
};
