import {
  useCallback, useEffect, useRef, useState,
} from 'react';

/**
 * Whether a form is open that a button opens: by that button, or because something was typed in it before a reload.
 *
 * When it closes, the button has the focus again.
 */
export const useForm = <Opener extends HTMLElement = HTMLButtonElement>(hasDraft: boolean) => {
  const [chosen, setChosen] = useState<boolean>();
  const [wasKept] = useState(hasDraft);
  const isOpen = chosen ?? wasKept;
  const opener = useRef<Opener>(null);
  useEffect(() => {
    if (chosen === false && document.activeElement === document.body) { opener.current?.focus(); }
  }, [chosen]);
  const open = useCallback(() => setChosen(true), []);
  const close = useCallback(() => setChosen(false), []);
  return {
    isOpen, takesFocus: chosen === true, opener, open, close,
  };
};
