import {
  useCallback, useLayoutEffect, useRef, useState, type ReactNode,
} from 'react';

/** Say what was done, or why it was not. */
export type Say = (sentence: ReactNode, options?: { isError?: boolean }) => void;

/**
 * A line that says what was done, or why not, and stays in sight.
 *
 * Not on the item: that may be gone from the list by then, and with it the button that had the focus. In that case the
 * line takes the focus; whoever works with the keyboard would be back at the top of the page otherwise.
 */
export const useStatus = () => {
  const [said, setSaid] = useState<{ sentence: ReactNode, isError: boolean }>();
  const line = useRef<HTMLDivElement>(null);
  // What had the focus when something was said. The list may be rendered anew only after that.
  const focused = useRef<Element | null>(null);

  const say = useCallback<Say>((sentence, { isError = false } = {}) => {
    focused.current = document.activeElement;
    setSaid({ sentence, isError });
  }, []);
  useLayoutEffect(() => {
    if (!focused.current) { return; }
    if (document.activeElement === document.body) { line.current?.focus({ preventScroll: true }); }
    // Somebody has gone on elsewhere, or the line has it now.
    if (document.activeElement !== focused.current) { focused.current = null; }
  });

  const status = (
    <div
      role="status"
      ref={line}
      tabIndex={-1}
      className={said ? `small border rounded bg-white p-2 mb-2 ${said.isError ? 'text-danger' : ''}` : 'sr-only'}
    >
      {said?.sentence}
    </div>
  );
  return { say, status };
};
