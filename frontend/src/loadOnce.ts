import { useEffect, useState } from 'react';

/**
 * Make a hook that gives what `load` resolves to, and undefined until then.
 *
 * It is kept outside of React: whatever is mounted later has it at once, and nothing flickers.
 */
export const loadOnce = <T extends object | null>(load: () => Promise<T>) => {
  let loaded: T | undefined;
  return (isWanted = true): T | undefined => {
    const [value, setValue] = useState(loaded);
    const isMissing = isWanted && value === undefined;
    useEffect(() => {
      if (isMissing) {
        load().then((result) => {
          loaded = result;
          setValue(result);
        });
      }
    }, [isMissing]);
    return value;
  };
};
