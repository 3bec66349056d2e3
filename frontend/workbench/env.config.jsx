// What an operator writes to install the plugin. The page here is Studio's and the learner's dashboard in one; each of
// them takes one of the two imports, and "export default { pluginSlots };".
import { pluginSlots as ofStudio } from 'frontend-plugin-sample-reviews';
import { pluginSlots as ofDashboard } from 'frontend-plugin-sample-reviews/learner-dashboard';

export default { pluginSlots: { ...ofStudio, ...ofDashboard } };
