// What an operator writes to install the plugin, and a widget of their own in one of its slots.
import { DIRECT_PLUGIN, PLUGIN_OPERATIONS } from '@openedx/frontend-plugin-framework';
import { pluginSlots } from 'frontend-plugin-sample-reviews';

import { HoldsInHeader } from './holds/HoldsInHeader';

const HEADER = 'org.openedx.frontend.layout.studio_header_actions.v1';

const holdsInHeader = {
  op: PLUGIN_OPERATIONS.Insert,
  widget: {
    id: 'holds.header',
    type: DIRECT_PLUGIN,
    // Before the button for reviews, which has 40. What Studio has there itself has 50.
    priority: 30,
    RenderWidget: HoldsInHeader,
  },
};

export default {
  pluginSlots: {
    ...pluginSlots,
    // A key that is there already would be replaced, and their button gone: so join the two lists.
    [HEADER]: { ...pluginSlots[HEADER], plugins: [...pluginSlots[HEADER].plugins, holdsInHeader] },
  },
};
