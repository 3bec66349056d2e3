/**
 * Reviews before publishing, in Studio. All that an operator needs is `pluginSlots`:
 *
 *     import { pluginSlots } from 'frontend-plugin-sample-reviews';
 *     export default { pluginSlots };
 *
 * in the `env.config.jsx` of frontend-app-authoring.
 */
export { pluginSlots } from './pluginSlots';
