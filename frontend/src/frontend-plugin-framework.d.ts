/** The plugin framework comes without types; this is what we use of it. */
declare module '@openedx/frontend-plugin-framework' {
  import type { ComponentType, ReactNode } from 'react';

  export const DIRECT_PLUGIN: string;
  export const PLUGIN_OPERATIONS: Record<'Insert' | 'Hide' | 'Modify' | 'Wrap', string>;
  export const PluginSlot: ComponentType<{ id: string, pluginProps?: object, children?: ReactNode }>;
}
