import { Button, Icon, IconButton } from '@openedx/paragon';
import { Close } from '@openedx/paragon/icons';
import {
  Link, useLocation, useNavigate, useParams,
} from 'react-router-dom';

import { useOlx, type Item, type LibraryContent } from '../data';
import { Loaded } from '../Page';
import { OlxForm } from './OlxForm';

/** The source of the component; with `?edit` in the address, to write in. */
const Source = ({ itemKey }: { itemKey: string }) => {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const source = useOlx(itemKey);
  return (
    <Loaded query={source}>
      {(olx) => (search === '?edit'
        ? <OlxForm key={olx} itemKey={itemKey} olx={olx} onDone={() => navigate(pathname)} />
        : <pre className="small olx">{olx}</pre>)}
    </Loaded>
  );
};

interface ItemSidebarProps {
  library: LibraryContent;
  item: Item;
  onClose: () => void;
}

/** What there is to know about the item that is selected. Plugins cannot add to it: Studio has no slot here, either. */
export const ItemSidebar = ({ library, item, onClose }: ItemSidebarProps) => {
  const { containerId } = useParams();
  return (
    <aside className="library-sidebar bg-white border p-3" aria-labelledby="selected">
      <div className="d-flex justify-content-between">
        <h2 id="selected" className="h4">{item.title}</h2>
        <IconButton src={Close} iconAs={Icon} alt="Close" onClick={onClose} size="sm" />
      </div>
      <p className="small text-break">
        {item.type}, {item.state}<br />
        <code>{item.key}</code>
      </p>
      {!item.isDeleted && !item.isContainer && <Source itemKey={item.key} />}
      {!item.isDeleted && item.isContainer && item.key !== containerId && (
        <Button as={Link} size="sm" to={`/library/${library.key}/${item.type}/${item.key}`}>Open</Button>
      )}
    </aside>
  );
};
