/** The change that is open: what it is, what it does, what was said about it, and what the reviewer says. */
import {
  Suspense, lazy, useCallback, useId, useState, type ReactNode,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import {
  Button, Icon, IconButton, useToggle,
} from '@openedx/paragon';
import { ArrowBack, NavigateBefore, NavigateNext } from '@openedx/paragon/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router-dom';

import {
  ChoiceButtons, ErrorMessage, Loading, Optional, useIsPainted,
} from '../common';
import { PlacesProvider, type ShowAt } from '../conversations/places';
import type { Entity, Library, Since } from '../data/api';
import { useDifferenceOf, useEntity } from '../data/queueHooks';
import { ChangeLine } from '../entity/ChangeLine';
import { EditedMeanwhile } from '../entity/EditedMeanwhile';
import { hasChange, isForAsking, mayHoldChanges } from '../entity/entityState';
import { Pins } from '../entity/Pins';
import { Requests } from '../entity/Requests';
import { ReviewLine } from '../entity/ReviewLine';
import { useStatus } from '../entity/useStatus';
import { pathOf, refreshStudio } from '../host/studio';
import type { Verdicts } from '../verdict/useVerdicts';
import { VerdictBar } from '../verdict/VerdictBar';
import { useAddress, type Tab } from './address';
import { Content } from './Content';
import { NO_FILTER } from './rows';
import messages from './messages';

// Opened rarely.
const History = lazy(async () => ({ default: (await import('../history')).History }));
const Asking = lazy(async () => ({ default: (await import('../asking')).Asking }));
// What was said about the change comes after the change, in a task of its own; if it crashes, the review goes on.
const Conversations = lazy(async () => ({ default: (await import('../conversations')).Conversations }));

const Later = ({ children }: { children: ReactNode }) => useIsPainted() && <Optional>{children}</Optional>;

interface Props {
  library: Library;
  entityKey: string;
  tab: Tab | '';
  /** Called with the title once it is there. */
  heading: (element: HTMLHeadingElement | null) => void;
  verdicts: Verdicts;
  onStep: (step: 1 | -1) => void;
  hasNext: boolean;
  hasPrevious: boolean;
}

/** From where on it says more to this person: from their last review, if the draft has changed since. */
const bestSince = ({ my_last_version: mine, draft_version_num: draft, published_version_num: live }: Entity): Since => (
  mine !== null && mine !== draft && mine !== live ? 'my_last_review' : 'published'
);

const SINCE: Since[] = ['published', 'my_last_review'];

const Opened = ({ entity, ...props }: Props & { entity: Entity }) => {
  const {
    library, entityKey, tab, verdicts,
  } = props;
  const intl = useIntl();
  const queryClient = useQueryClient();
  const contentId = useId();
  const { move } = useAddress();
  const { say, status } = useStatus();
  const [isHistoryOpen, , , toggleHistory] = useToggle(false);
  // The change that is on the screen. What others save meanwhile is shown when the reviewer asks for it.
  const [shownRecord, showRecord] = useState(entity.draft_change_log_record_id);
  const [chosenSince, setSince] = useState<Since>();
  const [at, setAt] = useState<ShowAt>();
  const onPlaces = useCallback((show: ShowAt) => setAt(() => show), []);
  const since = chosenSince ?? bestSince(entity);
  const { data: difference, error, refetch } = useDifferenceOf(entityKey, shownRecord, since);
  // A publish leaves nothing to look at: that is no edit.
  const isOutdated = hasChange(entity) && (
    entity.draft_change_log_record_id !== shownRecord
    || (difference !== undefined && difference.draft_change_log_record_id !== shownRecord)
  );
  const hasLastReview = entity.my_last_version !== null && entity.my_last_version !== entity.draft_version_num;

  const onTab = (chosen: Tab) => move({ tab: chosen });

  return (
    <>
      <div className="sample-plugin-reviews-workspace__head">
        <div>
          {entity.contained_in.length > 0 && (
            <p className="small mb-0 text-truncate" dir="auto">
              {intl.formatMessage(messages.containedIn, {
                titles: intl.formatList(entity.contained_in.map(({ title }) => title)),
              })}
            </p>
          )}
          <h2 ref={props.heading} tabIndex={-1} className="h3 mb-0" dir="auto">{entity.title}</h2>
          <ChangeLine entity={entity} />
        </div>
        <div className="d-flex align-items-center flex-wrap" style={{ gap: '.25rem' }}>
          {(library.may.review || library.may.request_review) && mayHoldChanges(entity) && (
            <Button
              size="sm"
              variant="tertiary"
              onClick={() => move({ scope: entityKey, change: '', filter: NO_FILTER })}
            >
              {intl.formatMessage(messages.withContents)}
            </Button>
          )}
          <Button size="sm" variant="tertiary" aria-expanded={isHistoryOpen} onClick={toggleHistory}>
            {intl.formatMessage(messages.history)}
          </Button>
          {/* What Studio has loaded may be older than what is shown here. */}
          <Link
            className="btn btn-sm btn-tertiary"
            to={pathOf(library.key, entityKey)}
            onClick={() => { refreshStudio(queryClient); }}
          >
            {intl.formatMessage(messages.openInStudio)}
          </Link>
          <IconButton
            src={NavigateBefore}
            iconAs={Icon}
            size="sm"
            alt={intl.formatMessage(messages.previous)}
            aria-keyshortcuts="k"
            disabled={!props.hasPrevious}
            onClick={() => props.onStep(-1)}
          />
          <IconButton
            src={NavigateNext}
            iconAs={Icon}
            size="sm"
            alt={intl.formatMessage(messages.next)}
            aria-keyshortcuts="j"
            disabled={!props.hasNext}
            onClick={() => props.onStep(1)}
          />
        </div>
      </div>
      <div className="sample-plugin-reviews-workspace__scroll" id={contentId}>
        {isHistoryOpen && (
          <div className="border rounded p-2 mb-3">
            <Suspense fallback={<Loading />}><History entityKey={entityKey} /></Suspense>
          </div>
        )}
        <ul className="list-unstyled small mb-0">
          {entity.reviews.map((review) => <ReviewLine key={review.id} review={review} />)}
        </ul>
        {isForAsking(library, entity) && (
          <Optional><Asking library={library} entity={entity} verdicts={verdicts} /></Optional>
        )}
        <Requests entity={entity} mayDismiss={library.may.manage_policy} say={say} />
        <Pins entity={entity} say={say} />
        {status}
        {hasLastReview && (
          <ChoiceButtons
            label={intl.formatMessage(messages.since)}
            values={SINCE}
            chosen={since}
            labelOf={(each) => intl.formatMessage(messages.sinceChoice, { since: each })}
            onChoose={setSince}
            className="flex-wrap mt-2"
          />
        )}
        {isOutdated && <EditedMeanwhile onShow={() => showRecord(entity.draft_change_log_record_id)} />}
        {error && !difference
          ? <ErrorMessage error={error} onRetry={refetch} />
          : (
            <PlacesProvider value={at}>
              <Content entity={entity} difference={difference} tab={tab} onTab={onTab} />
            </PlacesProvider>
          )}
        {difference && (
          <Later>
            <Conversations
              libraryKey={library.key}
              entity={entity}
              difference={difference}
              onTab={onTab}
              onPlaces={onPlaces}
            />
          </Later>
        )}
      </div>
      <VerdictBar
        entity={entity}
        entityKey={entityKey}
        recordId={difference && !isOutdated ? shownRecord : null}
        verdicts={verdicts}
        hasShortcuts
        className="sample-plugin-reviews-workspace__verdict"
      />
    </>
  );
};

export const ChangePane = (props: Props) => {
  const intl = useIntl();
  const { move } = useAddress();
  const { library, entityKey } = props;
  const { data: entity, error, refetch } = useEntity(entityKey, library.revision);
  const content = () => {
    if (entity) { return <Opened {...props} entity={entity} />; }
    if (entity === null) { return <p className="p-4">{intl.formatMessage(messages.notFound)}</p>; }
    return <div className="p-4">{error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />}</div>;
  };
  return (
    <>
      <Button
        size="sm"
        variant="tertiary"
        iconBefore={ArrowBack}
        className="sample-plugin-reviews-workspace__back"
        onClick={() => move({ change: '' })}
      >
        {intl.formatMessage(messages.backToQueue)}
      </Button>
      {content()}
    </>
  );
};
