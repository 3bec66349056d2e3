/** What was imported and is not published yet, each import as one thing: look at it, review it, publish it. */
import { useId, useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import { Ago, ErrorMessage, usePersonName } from '../common';
import type { Import, Library } from '../data/api';
import { useImports } from '../data/apiHooks';
import { PublishDialog } from '../publish';
import { setPanelState, usePanelState } from '../panelState';
import { useStatus, type Say } from './useStatus';
import { useWhyNot } from './useWhyNot';
import messages from './messages';

interface Props {
  library: Library;
  imported: Import;
  say: Say;
  onPublish: () => void;
}

const ImportItem = ({
  library, imported, say, onPublish,
}: Props) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  const sentenceId = useId();
  const whyNot = useWhyNot();
  const { imported_by: person, source, may_review: mayReview } = imported;
  const reason = imported.unreviewed > 0 && whyNot(mayReview);

  const show = () => setPanelState({
    shownImport: { libraryKey: library.key, imported }, refusal: undefined, state: 'all', isMine: false, text: '', kind: '',
  });
  const review = () => setPanelState({ dialog: { shows: 'import', imported, say } });

  return (
    <li className="border rounded p-3 mb-2" aria-labelledby={sentenceId}>
      <p id={sentenceId} className="small mb-0" dir="auto">
        {intl.formatMessage(messages.importSentence, {
          count: imported.change_count,
          isKnown: person !== null,
          name: person && nameOf(person),
          hasSource: source !== '',
          source,
          unreviewed: imported.unreviewed,
        })}
        {' · '}
        <Ago time={imported.imported_at} />
      </p>
      {reason && <p className="small mb-0">{reason}</p>}
      <div className="d-flex flex-wrap mt-2" style={{ gap: '.5rem' }}>
        <Button variant="tertiary" size="sm" aria-describedby={sentenceId} onClick={show}>
          {intl.formatMessage(messages.showImport)}
        </Button>
        {mayReview.allowed && imported.unreviewed > 0 && (
          <Button variant="outline-primary" size="sm" aria-haspopup="dialog" aria-describedby={sentenceId} onClick={review}>
            {intl.formatMessage(messages.reviewImport)}
          </Button>
        )}
        {library.may.publish_reviewed && imported.reviewed > 0 && (
          <Button variant="outline-primary" size="sm" aria-haspopup="dialog" aria-describedby={sentenceId} onClick={onPublish}>
            {intl.formatMessage(messages.publishImport, { count: imported.reviewed })}
          </Button>
        )}
      </div>
    </li>
  );
};

export const Imports = ({ library }: { library: Library }) => {
  const intl = useIntl();
  const headingId = useId();
  const { data, error, refetch } = useImports(library.key);
  const { publishes } = usePanelState();
  const { say, status } = useStatus();
  // Not kept with the import: once it is published, it is no longer in the list.
  const [publishing, setPublishing] = useState<Import>();

  const content = () => {
    if (error && !data) { return <ErrorMessage error={error} onRetry={refetch} />; }
    if (!data?.results.length) { return status; }
    return (
      <section aria-labelledby={headingId} className="mb-3">
        <h3 id={headingId} className="h4">{intl.formatMessage(messages.imports)}</h3>
        {status}
        <ul className="list-unstyled mb-0">
          {data.results.map((imported) => (
            <ImportItem
              key={imported.draft_change_log_id}
              library={library}
              imported={imported}
              say={say}
              onPublish={() => setPublishing(imported)}
            />
          ))}
        </ul>
        {data.count > data.results.length && (
          <p className="small">{intl.formatMessage(messages.olderImports, { count: data.count - data.results.length })}</p>
        )}
      </section>
    );
  };

  return (
    <>
      {content()}
      {publishing && (
        <PublishDialog
          library={library}
          imported={publishing}
          onClose={() => setPublishing(undefined)}
          onStarted={(id) => setPanelState({ publishes: { ...publishes, [library.key]: id } })}
        />
      )}
    </>
  );
};
