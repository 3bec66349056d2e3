/**
 * Archived course cards, on the learner's dashboard. In the `env.config.jsx` of frontend-app-learner-dashboard:
 *
 *     import { pluginSlots } from 'frontend-plugin-sample-reviews/learner-dashboard';
 *     export default { pluginSlots };
 *
 * An entry of its own, so that each front end loads only what it shows.
 */
export { pluginSlots } from './pluginSlots';
