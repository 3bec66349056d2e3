// What an operator writes to install the plugin, and all of it.
import { pluginSlots } from 'frontend-plugin-sample-reviews';

export default { pluginSlots };
