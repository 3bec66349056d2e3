import { useParams, Route, Routes } from 'react-router-dom';

import { useLibrary } from '../data';
import { Loaded, NotFound, Page } from '../Page';
import { ContainerPage } from './ContainerPage';
import { ListPage } from './ListPage';
import { TABS } from './tabs';

/** All pages of a library. Their addresses are Studio's, which has the selected item in the path. */
export const LibraryLayout = () => {
  const { libraryId = '' } = useParams();
  const library = useLibrary(libraryId);
  if (!library.data) { return <Page><Loaded query={library}>{() => null}</Loaded></Page>; }
  return (
    <Routes>
      {TABS.map(({ path }) => (
        <Route key={path} path={`${path}/:selectedItemId?`} element={<ListPage library={library.data} tab={path} />} />
      ))}
      {['section', 'subsection', 'unit'].map((type) => (
        <Route
          key={type}
          path={`${type}/:containerId/:selectedItemId?/:index?`}
          element={<ContainerPage library={library.data} />}
        />
      ))}
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
};
