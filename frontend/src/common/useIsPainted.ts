import { useEffect, useState } from 'react';

/** Whether the screen has shown this component: what can wait until then does not hold up what cannot. */
export const useIsPainted = () => {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    // The frame is painted after its callbacks, and before any timer that they set.
    const frame = requestAnimationFrame(() => { timer = setTimeout(() => setPainted(true), 0); });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return isPainted;
};
