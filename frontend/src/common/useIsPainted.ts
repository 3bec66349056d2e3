import { useEffect, useState } from 'react';

/**
 * Whether the screen has shown this component: what can wait until then does not hold up what cannot.
 *
 * With `isThere`: whether it has shown the part of the component that is rendered since this is true.
 */
export const useIsPainted = (isThere = true) => {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    if (!isThere) { return undefined; }
    let timer: ReturnType<typeof setTimeout>;
    // The frame is painted after its callbacks, and before any timer that they set.
    const frame = requestAnimationFrame(() => { timer = setTimeout(() => setPainted(true), 0); });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [isThere]);
  return isPainted;
};
