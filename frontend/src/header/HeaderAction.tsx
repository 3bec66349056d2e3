/** The button in Studio's header, on every page of it: keep it small. */
import { useParams } from 'react-router-dom';

import { Elsewhere } from './Elsewhere';
import { InLibrary } from './InLibrary';
import './header.css';

export const HeaderAction = () => {
  const { libraryId } = useParams();
  // Studio has other libraries, too: those of old are `library-v1:…`.
  return libraryId?.startsWith('lib:') ? <InLibrary libraryKey={libraryId} /> : <Elsewhere />;
};
