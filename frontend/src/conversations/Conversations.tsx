/** The conversations about an item, below its change, and a button at each place in the change. */
import {
  useCallback, useEffect, useId, useMemo, useState,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import { ErrorMessage } from '../common';
import type { Difference, Entity } from '../data/api';
import { useStatus } from '../entity/useStatus';
import type { Tab } from '../workspace/address';
import {
  bodyOf, isAbout, nameOf, placeNamed, placesIn, tabOf,
} from './about';
import { CommentForm } from './CommentForm';
import { Conversation } from './Conversation';
import { useDrafts, writeDraft } from './drafts';
import { useConversations, useRule } from './hooks';
import { Marker } from './Marker';
import type { Place, ShowAt } from './places';
import { Quote } from './Quote';
import { start, type Conversation as Said } from './requests';
import { useForm } from '../common/useForm';
import messages from './messages';
import './conversations.css';

interface Props {
  libraryKey: string;
  entity: Entity;
  difference: Difference;
  onTab: (tab: Tab) => void;
  /** Called with what to show at each place of the change. */
  onPlaces: (at: ShowAt) => void;
}

// The name of a draft about the change as a whole.
const NEW = 'new';

export const Conversations = ({
  libraryKey, entity, difference, onTab, onPlaces,
}: Props) => {
  const intl = useIntl();
  const headingId = useId();
  const key = entity.key!;
  const recordId = entity.draft_change_log_record_id;
  const item = useMemo(() => ({ key, recordId }), [key, recordId]);
  const version = difference.new?.version_num ?? null;
  const { data: rule, error: ruleError, refetch: refetchRule } = useRule(libraryKey);
  const { data, error: listError, refetch } = useConversations(item, Boolean(rule));
  const drafts = useDrafts(key);
  const starting = useForm(NEW in drafts);
  const { say, status } = useStatus();
  const [wanted, want] = useState('');
  const places = useMemo(() => placesIn(difference), [difference]);

  const onShown = useCallback(() => want(''), []);
  const show = (place: Place) => {
    onTab(tabOf(place));
    want(nameOf(version, place));
  };

  // Not whenever a letter is typed: there may be a thousand places.
  const kept = Object.keys(drafts).filter(placeNamed).sort().join('\n');
  const at = useMemo<ShowAt | undefined>(() => data && ((place) => {
    const name = nameOf(version, place);
    return (
      <Marker
        key={name}
        place={place}
        openIds={data.filter((each) => !each.is_resolved && isAbout(each, place)).map(({ id }) => id)}
        hasDraft={kept.split('\n').includes(name)}
        form={{ item, name, send: (body) => start(key, { body, version_num: version, ...bodyOf(place) }) }}
        isWanted={wanted === name}
        onShown={onShown}
      />
    );
  }), [data, item, kept, key, onShown, version, wanted]);
  useEffect(() => { if (at) { onPlaces(at); } }, [at, onPlaces]);

  if (rule === null) { return null; }
  const error = ruleError ?? listError;
  if (!data) { return error ? <ErrorMessage error={error} onRetry={rule ? refetch : refetchRule} /> : null; }

  const open = data.filter(({ is_resolved: isResolved }) => !isResolved);
  const resolved = data.filter(({ is_resolved: isResolved }) => isResolved);
  const list = (conversations: Said[]) => (
    <ul className="list-unstyled mb-0">
      {conversations.map((each) => (
        <Conversation
          key={each.id}
          item={item}
          conversation={each}
          place={places.find((place) => isAbout(each, place))}
          onShow={show}
          say={say}
        />
      ))}
    </ul>
  );
  // Begun at a place that is no longer shown: it is sent about what it was written for.
  const shownNames = new Set(places.map((place) => nameOf(version, place)));
  const astray = kept.split('\n').filter((name) => name && !shownNames.has(name));

  return (
    <section aria-labelledby={headingId} className="sample-plugin-reviews-conversations">
      <div className="d-flex flex-wrap align-items-center justify-content-between" style={{ gap: '.5rem' }}>
        <h3 id={headingId} className="h4 mb-0">{intl.formatMessage(messages.conversations, { count: open.length })}</h3>
        {!starting.isOpen && (
          <Button ref={starting.opener} size="sm" variant="outline-primary" onClick={starting.open}>
            {intl.formatMessage(messages.comment)}
          </Button>
        )}
      </div>
      {rule?.resolution_required && open.length > 0 && (
        <p className="small mb-0">{intl.formatMessage(messages.holdsUp, { count: open.length })}</p>
      )}
      {starting.isOpen && (
        <CommentForm
          item={item}
          name={NEW}
          label={intl.formatMessage(messages.commentOnChange)}
          submit={intl.formatMessage(messages.send)}
          send={(body) => start(key, { body, version_num: version })}
          onClose={starting.close}
          takesFocus={starting.takesFocus}
        />
      )}
      {astray.map((name) => {
        const { version: its, ...place } = placeNamed(name)!;
        return (
          <div key={name} className="sample-plugin-reviews-conversation">
            <div className="small">
              <Quote {...place} />
              {' · '}
              {intl.formatMessage(messages.version, { version: its ?? 'deletion' })}
            </div>
            <CommentForm
              item={item}
              name={name}
              label={intl.formatMessage(messages.unsent)}
              submit={intl.formatMessage(messages.send)}
              send={(body) => start(key, { body, version_num: its, ...bodyOf(place) })}
              onDiscard={() => writeDraft(key, name, '')}
              takesFocus={false}
            />
          </div>
        );
      })}
      <div className="mt-2">{status}</div>
      {list(open)}
      {resolved.length > 0 && (
        <details className="mt-3">
          <summary className="small">{intl.formatMessage(messages.resolved, { count: resolved.length })}</summary>
          {list(resolved)}
        </details>
      )}
    </section>
  );
};
