/** The frame of each page of a library: the header, the title, and beside the content the item that is selected. */
import type { ReactNode } from 'react';
import { Button } from '@openedx/paragon';

import { useDiscardChanges, usePublishLibrary, type LibraryContent } from '../data';
import { Page } from '../Page';
import { useToastContext } from '../studio/generic/toast-context';
import { ImportCourse } from './ImportCourse';
import { ItemSidebar } from './ItemSidebar';

interface LibraryPageProps {
  library: LibraryContent;
  title: string;
  subtitle: string;
  selectedKey?: string;
  onClose: () => void;
  children: ReactNode;
}

export const LibraryPage = ({
  library, title, subtitle, selectedKey, onClose, children,
}: LibraryPageProps) => {
  const publish = usePublishLibrary();
  const discard = useDiscardChanges();
  const { showToast } = useToastContext();
  const selected = library.items.find(({ key }) => key === selectedKey);
  const [org, number] = library.key.split(':').slice(1);

  // As in Studio, the message is the same whatever the server said, and it comes as soon as the promise is settled: a
  // plugin that has more to say must be able to say it next.
  const publishAll = async () => {
    try {
      await publish.mutateAsync(library.key);
      showToast('Library published successfully');
    } catch {
      showToast('There was an error publishing the library.');
    }
  };

  const discardChanges = () => discard.mutate(library.key, {
    onSuccess: () => showToast('Library changes reverted successfully'),
    onError: () => showToast('There was an error reverting changes in the library.'),
  });

  return (
    <Page
      context={{
        title: library.title, org, number, link: `/library/${library.key}`,
      }}
    >
      <div className="d-flex flex-wrap align-items-start justify-content-between mb-3">
        <div>
          <h1 className="h2 mb-1">{title}</h1>
          <p className="small text-gray-700">{subtitle}</p>
        </div>
        <div className="library-buttons">
          {library.canEdit && <ImportCourse library={library} />}
          {library.canEdit && (
            <Button variant="outline-primary" onClick={discardChanges} disabled={discard.isPending}>
              Discard changes
            </Button>
          )}
          {library.canPublish && (
            <Button onClick={publishAll} disabled={publish.isPending}>Publish library</Button>
          )}
        </div>
      </div>
      <div className="library">
        <div className="library-items">{children}</div>
        {selected && <ItemSidebar key={selected.key} library={library} item={selected} onClose={onClose} />}
      </div>
    </Page>
  );
};
