/** What goes into which slot of Studio. Runs while `env.config.jsx` is read: nothing of the platform is ready yet. */
import { DIRECT_PLUGIN, PLUGIN_OPERATIONS } from '@openedx/frontend-plugin-framework';

import { HeaderAction } from './header';
import { UnitSidebarWrapper } from './unit-page';

export const pluginSlots = {
  'org.openedx.frontend.layout.studio_header_actions.v1': {
    keepDefault: true,
    plugins: [
      {
        op: PLUGIN_OPERATIONS.Insert,
        widget: {
          id: 'sample_plugin_reviews.header_action',
          type: DIRECT_PLUGIN,
          // Before the search button and the notifications, which have 50.
          priority: 40,
          RenderWidget: HeaderAction,
          // If it crashes: nothing, where the platform would show a page of its own, in the header.
          errorFallbackComponent: <></>, // eslint-disable-line react/jsx-no-useless-fragment
        },
      },
    ],
  },
  'org.openedx.frontend.authoring.course_unit_sidebar.v2': {
    keepDefault: true,
    plugins: [
      {
        op: PLUGIN_OPERATIONS.Wrap,
        widgetId: 'default_contents',
        wrapper: UnitSidebarWrapper,
      },
    ],
  },
};
