import { Button, Icon, IconButton } from '@openedx/paragon';
import { ArrowDownward, ArrowUpward } from '@openedx/paragon/icons';

import { useRemoveChildren, useReorderChildren, type Item } from '../data';
import { useToastContext } from '../studio/generic/toast-context';

/** What can be done to the place of an item in a container. Studio has items dragged. */
export const PlaceButtons = ({ container, item }: { container: Item, item: Item }) => {
  const { showToast } = useToastContext();
  const reorder = useReorderChildren();
  const remove = useRemoveChildren();
  const index = container.children.indexOf(item.key);
  const moveTo = (target: number) => {
    const keys = container.children.filter((key) => key !== item.key);
    keys.splice(target, 0, item.key);
    reorder.mutate({ container, keys }, {
      onSuccess: () => showToast('Order updated'),
      onError: () => showToast('Failed to update children order'),
    });
  };
  const removeItem = () => remove.mutate({ container, keys: [item.key] }, {
    onSuccess: () => showToast('Component successfully removed'),
    onError: () => showToast('Failed to remove component'),
  });
  const arrow = (src: typeof ArrowUpward, label: string, target: number) => (
    <IconButton
      src={src}
      iconAs={Icon}
      size="sm"
      alt={`${label} ${item.title}`}
      onClick={() => moveTo(target)}
      disabled={reorder.isPending || target < 0 || target >= container.children.length}
    />
  );
  return (
    <>
      {arrow(ArrowUpward, 'Move up', index - 1)}
      {arrow(ArrowDownward, 'Move down', index + 1)}
      <Button
        size="sm"
        variant="outline-primary"
        aria-label={`Remove ${item.title} from ${container.type}`}
        onClick={removeItem}
        disabled={remove.isPending}
      >
        Remove
      </Button>
    </>
  );
};
