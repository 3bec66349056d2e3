/** The plugin framework comes without types; this is what we use of it. */
declare module '@openedx/frontend-plugin-framework' {
  export const DIRECT_PLUGIN: string;
  export const PLUGIN_OPERATIONS: Record<'Insert' | 'Hide' | 'Modify' | 'Wrap', string>;
}
