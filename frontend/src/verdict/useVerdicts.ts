/**
 * Give verdicts one after the other, and undo the last one.
 *
 * The next change opens at once. A verdict that the server refuses leads back, with what was typed.
 */
import { useCallback, useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import type { Entity, SeenChange } from '../data/api';
import { isOwn } from '../data/own';
import { useGiveVerdict, type Verdict } from '../data/queueHooks';
import { forgetNote, restoreNote } from './notes';
import messages from './messages';

/** What was done, and how to take it back. */
interface Done {
  sentence: string;
  /** Of the item, if it was one. */
  key?: string;
  undo?: () => void;
}

interface Failed {
  title: string;
  key: string;
  error: unknown;
}

interface Callbacks {
  onDecided?: (key: string) => void;
  onUndone?: (key: string) => void;
}

export const useVerdicts = (libraryKey: string, { onDecided, onUndone }: Callbacks = {}) => {
  const intl = useIntl();
  const { mutateAsync } = useGiveVerdict(libraryKey);
  const [said, say] = useState<Done | Failed>();
  const [pending, setPending] = useState(0);

  const send = useCallback(async (verdict: Verdict, seen: SeenChange, note: string) => {
    setPending((count) => count + 1);
    try {
      await mutateAsync({ verdict, seen, note });
    } finally {
      setPending((count) => count - 1);
    }
  }, [mutateAsync]);

  /** Say what was done to an item once it is, or why it was not. */
  const report = (sent: Promise<unknown>, { title, key }: { title: string, key: string }, done: Done) => {
    say(undefined);
    sent.then(() => say({ key, ...done }), (error) => say({ title, key, error }));
  };

  const decide = (verdict: Verdict, { title, requests, reviews }: Entity, seen: SeenChange, note: string) => {
    const { key } = seen;
    // What this person had said before.
    const earlier = [...requests, ...reviews].find(isOwn);
    const sentenceOf = (kind: Verdict | 'undone') => intl.formatMessage(messages.said, { kind, title });
    /** The verdict is withdrawn, and what this person had said before is said again. */
    const undo = () => {
      // It was typed for this change, and may be wanted again.
      restoreNote(key, note);
      const back = send(earlier?.verdict as Verdict | undefined ?? 'withdrawn', seen, earlier?.note ?? '');
      report(back, { title, key }, { sentence: sentenceOf('undone') });
    };
    if (verdict !== 'withdrawn') { onDecided?.(key); }
    const sent = send(verdict, seen, note).then(() => forgetNote(key, note));
    report(sent, { title, key }, { sentence: sentenceOf(verdict), undo });
  };

  const undo = () => {
    if (!said || !('undo' in said) || !said.undo) { return; }
    if (said.key) { onUndone?.(said.key); }
    said.undo();
  };

  return {
    decide, undo, said, say, report, isPending: pending > 0,
  };
};

export type Verdicts = ReturnType<typeof useVerdicts>;
