import { Alert, Badge, Button } from '@openedx/paragon';
import { Link } from 'react-router-dom';

import {
  useCopy, useDeleteItem, usePublishItem, useRestoreItem, type Item, type LibraryContent,
} from '../data';
import { useToastContext } from '../studio/generic/toast-context';
import { PlaceButtons } from './PlaceButtons';

/** What can be done to the item, by whom it may. The messages are Studio's: the same whatever the server said. */
const ItemButtons = ({ library, item, path }: { library: LibraryContent, item: Item, path: string }) => {
  const { showToast } = useToastContext();
  const publish = usePublishItem();
  const remove = useDeleteItem();
  const restore = useRestoreItem();
  const copy = useCopy();
  const publishItem = async () => {
    try {
      await publish.mutateAsync(item);
      showToast(item.isContainer ? 'All changes published' : 'Component published successfully.');
    } catch {
      showToast(item.isContainer ? 'Failed to publish changes' : 'There was an error publishing the component.');
    }
  };
  const restoreItem = () => restore.mutate(item, { onError: () => showToast('Failed to undo delete.') });
  const deleteItem = () => remove.mutate(item, {
    onSuccess: () => showToast(`“${item.title}” deleted`, { label: 'Undo', onClick: restoreItem }),
    onError: () => showToast(`Failed to delete “${item.title}”`),
  });
  const copyItem = () => copy.mutate(item, {
    onSuccess: () => showToast('Copied to clipboard'),
    onError: () => showToast('Failed to copy to clipboard'),
  });
  const button = (label: string, onClick: () => void, pending: boolean) => (
    <Button size="sm" variant="outline-primary" aria-label={`${label} ${item.title}`} onClick={onClick} disabled={pending}>
      {label}
    </Button>
  );
  return (
    <div className="item-buttons">
      {library.canEdit && !item.isDeleted && !item.isContainer && (
        <Button as={Link} size="sm" variant="outline-primary" aria-label={`Edit ${item.title}`} to={`${path}?edit`}>
          Edit
        </Button>
      )}
      {library.canEdit && !item.isDeleted && button('Copy', copyItem, copy.isPending)}
      {library.canPublish && item.canBePublished && button('Publish', publishItem, publish.isPending)}
      {library.canEdit && !item.isDeleted && button('Delete', deleteItem, remove.isPending)}
      {library.canEdit && item.isDeleted && button('Restore', restoreItem, restore.isPending)}
    </div>
  );
};

interface ItemListProps {
  library: LibraryContent;
  items: Item[];
  /** What they are in. Without it, they are a list of what there is. */
  container?: Item;
  selectedKey?: string;
  /** The address of the page on which the item is selected. */
  pathOf: (item: Item) => string;
}

export const ItemList = ({
  library, items, container, selectedKey, pathOf,
}: ItemListProps) => (
  items.length === 0 ? <Alert variant="info">There is nothing here.</Alert> : (
    <ul className="list-unstyled">
      {items.map((item) => (
        <li
          key={item.key}
          className={`item d-flex flex-wrap align-items-center p-3 mb-2 bg-white border rounded ${
            item.key === selectedKey ? 'border-primary' : ''
          }`}
        >
          <div className="item-text">
            <Link to={pathOf(item)} className="font-weight-bold" aria-current={item.key === selectedKey || undefined}>
              {item.title}
            </Link>
            <div className="small text-gray-700">{item.type}</div>
          </div>
          <Badge variant={item.hasUnpublishedChanges ? 'warning' : 'success'}>{item.state}</Badge>
          <ItemButtons library={library} item={item} path={pathOf(item)} />
          {container && library.canEdit && (
            <div className="item-buttons"><PlaceButtons container={container} item={item} /></div>
          )}
        </li>
      ))}
    </ul>
  )
);
