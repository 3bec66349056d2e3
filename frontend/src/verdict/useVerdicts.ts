/**
 * Give verdicts one after the other, and undo the last one.
 *
 * The next change opens at once. A verdict that the server refuses leads back, with what was typed.
 */
import { useCallback, useState } from 'react';

import type { Entity, Review, SeenChange } from '../data/api';
import { isOwn } from '../data/own';
import { useGiveVerdict, type Verdict } from '../data/queueHooks';
import { forgetNote, restoreNote } from './notes';

interface Decision {
  entity: Entity;
  seen: SeenChange;
  note: string;
  /** What this person had said before. */
  earlier?: Review;
}

export interface Said {
  kind: Verdict | 'approved_rest' | 'undone' | 'failed';
  title: string;
  /** How many were approved together. */
  count?: number;
  key?: string;
  error?: unknown;
  /** What can be undone. */
  decision?: Decision;
}

interface Callbacks {
  onDecided?: (key: string) => void;
  onUndone?: (key: string) => void;
}

export const useVerdicts = (libraryKey: string, { onDecided, onUndone }: Callbacks = {}) => {
  const { mutateAsync } = useGiveVerdict(libraryKey);
  const [said, say] = useState<Said>();
  const [pending, setPending] = useState(0);

  const send = useCallback(async (verdict: Verdict, seen: SeenChange, note: string) => {
    setPending((count) => count + 1);
    try {
      return await mutateAsync({ verdict, seen, note });
    } finally {
      setPending((count) => count - 1);
    }
  }, [mutateAsync]);

  const decide = (verdict: Verdict, entity: Entity, seen: SeenChange, note: string) => {
    const decision = {
      entity, seen, note, earlier: [...entity.requests, ...entity.reviews].find(isOwn),
    };
    say(undefined);
    if (verdict !== 'withdrawn') { onDecided?.(seen.key); }
    send(verdict, seen, note).then(
      () => {
        forgetNote(seen.key, note);
        say({
          kind: verdict, title: entity.title, key: seen.key, decision,
        });
      },
      (error) => say({
        kind: 'failed', title: entity.title, key: seen.key, error,
      }),
    );
  };

  /** Undo the last verdict: it is withdrawn, and what this person had said before is said again. */
  const undo = () => {
    if (!said?.decision) { return; }
    const {
      entity, seen, note, earlier,
    } = said.decision;
    say(undefined);
    // It was typed for this change, and may be wanted again.
    restoreNote(seen.key, note);
    onUndone?.(seen.key);
    send(earlier?.verdict as Verdict | undefined ?? 'withdrawn', seen, earlier?.note ?? '').then(
      () => say({ kind: 'undone', title: entity.title, key: seen.key }),
      (error) => say({
        kind: 'failed', title: entity.title, key: seen.key, error,
      }),
    );
  };

  return {
    decide, undo, said, say, isPending: pending > 0,
  };
};

export type Verdicts = ReturnType<typeof useVerdicts>;
