/** What a place in a change gets: the button that comments on it, and the way to what was said about it. */
import {
  useEffect, useState, type KeyboardEvent,
} from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Icon } from '@openedx/paragon';
import { AddComment, Comment } from '@openedx/paragon/icons';

import { CommentForm, type FormProps } from './CommentForm';
import { idOf } from './Conversation';
import type { Place } from './places';
import { useForm } from '../common/useForm';
import messages from './messages';

interface Props {
  place: Place;
  /** The open conversations about it, by id. */
  openIds: number[];
  hasDraft: boolean;
  form: Pick<FormProps, 'item' | 'name' | 'send'>;
  /** Whether somebody wants to see it; told once they do. */
  isWanted: boolean;
  onShown: () => void;
}

const MARKER = 'sample-plugin-reviews-marker__add';
const LONGEST = 60; // characters

const panelOf = (marker: HTMLElement) => marker.closest('[role="tabpanel"]') ?? document;
const buttonsOf = (marker: HTMLElement) => [...panelOf(marker).querySelectorAll<HTMLElement>(`.${MARKER}`)];

/** The Tab key stops at one place of many; the arrow keys lead to the others. */
const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) { return; }
  event.preventDefault();
  const buttons = buttonsOf(event.currentTarget);
  const next = buttons[buttons.indexOf(event.currentTarget) + step];
  next?.focus();
};
const onFocus = ({ currentTarget }: { currentTarget: HTMLElement }) => {
  // In the page itself: React would render a thousand places for it.
  buttonsOf(currentTarget).forEach((button) => button.setAttribute('tabindex', button === currentTarget ? '0' : '-1'));
};

export const goTo = (id: number) => {
  const conversation = document.getElementById(idOf(id));
  conversation?.closest('details')?.setAttribute('open', '');
  conversation?.focus();
};

export const Marker = ({
  place, openIds, hasDraft, form, isWanted, onShown,
}: Props) => {
  const intl = useIntl();
  const {
    isOpen, takesFocus, opener, open, close,
  } = useForm(hasDraft);
  const [isFirst, setFirst] = useState(false);
  useEffect(() => {
    setFirst(panelOf(opener.current!).querySelector(`.${MARKER}`) === opener.current);
  }, [opener]);
  useEffect(() => {
    if (isWanted) {
      opener.current!.scrollIntoView?.({ block: 'center' });
      opener.current!.focus({ preventScroll: true });
      onShown();
    }
  }, [isWanted, onShown, opener]);
  const text = place.title ?? place.text.trim();
  const about = {
    kind: place.kind, number: place.number ?? 0, text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text,
  };
  const label = intl.formatMessage(messages.commentOn, about);
  return (
    <>
      <span className="sample-plugin-reviews-marker">
        {openIds.length > 0 && (
          <button
            type="button"
            className="sample-plugin-reviews-marker__count"
            title={intl.formatMessage(messages.saidAbout, { ...about, count: openIds.length })}
            aria-label={intl.formatMessage(messages.saidAbout, { ...about, count: openIds.length })}
            onClick={() => goTo(openIds[0]!)}
          >
            <Icon src={Comment} size="xs" />
            {intl.formatNumber(openIds.length)}
          </button>
        )}
        <button
          ref={opener}
          type="button"
          className={MARKER}
          data-draft={hasDraft || undefined}
          tabIndex={isFirst ? 0 : -1}
          title={label}
          aria-label={label}
          aria-expanded={isOpen}
          aria-keyshortcuts="ArrowDown ArrowUp"
          onClick={isOpen ? close : open}
          onFocus={onFocus}
          onKeyDown={onKeyDown}
        >
          <Icon src={AddComment} size="xs" />
        </button>
      </span>
      {isOpen && (
        <div className="sample-plugin-reviews-marker__form" dir={document.documentElement.dir || 'ltr'}>
          <CommentForm
            {...form}
            label={label}
            submit={intl.formatMessage(messages.send)}
            onClose={close}
            takesFocus={takesFocus}
          />
        </div>
      )}
    </>
  );
};
