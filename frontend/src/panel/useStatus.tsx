import { useCallback, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * A line that says what was done, and takes the focus then.
 *
 * The button that had it is often gone, and so may be the item: without this, whoever works with the keyboard would be
 * back at the top of the page.
 */
export const useStatus = () => {
  const [said, setSaid] = useState('');
  const line = useRef<HTMLParagraphElement>(null);
  const say = useCallback((sentence: string) => {
    flushSync(() => setSaid(sentence));
    line.current?.focus();
  }, []);
  const status = <p role="status" ref={line} tabIndex={-1} className={said ? 'small' : 'sr-only'}>{said}</p>;
  return { say, status };
};
