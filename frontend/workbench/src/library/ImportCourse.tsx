import { Button } from '@openedx/paragon';

import { useImportCourse, type LibraryContent } from '../data';
import { useToastContext } from '../studio/generic/toast-context';
import { DEMO_UNIT } from '../unit/demo';

/** Studio has a page for this, on which a course is chosen. Like Studio, it does not say why an import has failed. */
export const ImportCourse = ({ library }: { library: LibraryContent }) => {
  const importCourse = useImportCourse();
  const { showToast } = useToastContext();
  const start = () => importCourse.mutate({ libraryId: library.key, courseId: DEMO_UNIT.course }, {
    onSuccess: (isComplete) => showToast(isComplete ? 'Course imported successfully.' : 'Import failed.'),
    onError: () => showToast('Import failed.'),
  });
  return (
    <Button variant="outline-primary" onClick={start} disabled={importCourse.isPending}>Import from the demo course</Button>
  );
};
