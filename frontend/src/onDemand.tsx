import { lazy, useState, type ComponentType } from 'react';

/**
 * Make a component that is loaded when it is first shown, or before that by its `load()`: then it is there at once.
 *
 * React shows what is `lazy` only after everything else that it has to render, even if it is loaded by then.
 */
export const onDemand = <Props extends object>(load: () => Promise<ComponentType<Props>>) => {
  let loaded: ComponentType<Props> | undefined;
  const Lazy = lazy(async () => ({ default: await load() }));
  const OnDemand = (props: Props) => {
    // The same as long as it is shown.
    const [Shown] = useState<ComponentType<any>>(() => loaded ?? Lazy);
    return <Shown {...props} />;
  };
  return Object.assign(OnDemand, { load: async () => { loaded = await load(); } });
};
