import { useEffect, useState } from 'react';

const PAUSE = 300; // milliseconds: shorter than one thinks, longer than one types

/** The value, once it has not changed for a moment: not one request for each letter. */
export const useDebounced = <T>(value: T): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};
