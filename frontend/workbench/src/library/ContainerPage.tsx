import { useNavigate, useParams } from 'react-router-dom';

import type { Item, LibraryContent } from '../data';
import { NotFound } from '../Page';
import { AddContent } from './AddContent';
import { ItemList } from './ItemList';
import { LibraryPage } from './LibraryPage';

/** A section, subsection or unit, and what is in it. */
export const ContainerPage = ({ library }: { library: LibraryContent }) => {
  const { containerId, selectedItemId } = useParams();
  const navigate = useNavigate();
  const container = library.items.find(({ key }) => key === containerId);
  if (!container) { return <NotFound />; }
  const path = `/library/${library.key}/${container.type}/${container.key}`;
  const items = container.children
    .map((key) => library.items.find((item) => item.key === key))
    .filter((item): item is Item => item !== undefined);
  return (
    <LibraryPage
      library={library}
      title={container.title}
      subtitle={`${container.type} in ${library.title}`}
      // Nothing in it is selected: then the container is what the page is about.
      selectedKey={selectedItemId ?? container.key}
      onClose={() => navigate(selectedItemId ? path : `/library/${library.key}`)}
    >
      {library.canEdit && !container.isDeleted && (
        <AddContent library={library} container={container} pathOf={(key) => `${path}/${key}`} />
      )}
      <ItemList
        library={library}
        items={items}
        container={container}
        selectedKey={selectedItemId}
        pathOf={(item) => `${path}/${item.key}`}
      />
    </LibraryPage>
  );
};
