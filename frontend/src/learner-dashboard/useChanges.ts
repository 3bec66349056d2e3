import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';

import {
  buttonOf, CLOSE, focusOn, TOGGLE, UNDO,
} from './archival';
import { markAsArchived, type Card } from './dashboard';
import { sendArchived } from './requests';

/** A card was archived or brought back, or that failed. */
export interface Change {
  card: Card;
  isArchived: boolean;
  isDone: boolean;
  isUndo: boolean;
  /** The card that took its place, where the learner goes on. */
  next?: Card;
}

const focusOnCard = (card: Card = {} as Card) => focusOn(buttonOf(card.courseRun?.courseId ?? ''), TOGGLE, CLOSE);

/** Archive cards and bring them back: the last change, and what can be done. The focus goes where that is shown. */
export const useChanges = () => {
  const queryClient = useQueryClient();
  const [last, setLast] = useState<Change>();

  // The button that was pressed is gone, unless it was a card's and nothing was done.
  useEffect(() => {
    if (last?.isUndo && last.isDone) {
      focusOnCard(last.card);
    } else if (last?.isUndo || last?.isDone) {
      focusOn(UNDO, CLOSE);
    }
  }, [last]);

  // It is safe to press a button twice: the server does the same again, which changes nothing.
  const make = async (change: Omit<Change, 'isDone'>) => {
    const courseId = change.card.courseRun!.courseId!;
    try {
      await sendArchived(courseId, change.isArchived);
    } catch {
      setLast({ ...change, isDone: false });
      return;
    }
    await markAsArchived(queryClient, courseId, change.isArchived);
    setLast({ ...change, isDone: true });
  };

  return {
    last,
    archive: (card: Card, isArchived: boolean, next?: Card) => make({
      card, isArchived, isUndo: false, next,
    }),
    undo: ({ card, isArchived }: Change) => make({ card, isArchived: !isArchived, isUndo: true }),
    close: ({
      card, isDone, isUndo, next,
    }: Change) => {
      focusOnCard(isDone && !isUndo ? next : card);
      setLast(undefined);
    },
  };
};
