/** What goes into which slot of the dashboard. Runs while `env.config.jsx` is read, before the platform is ready. */
import { DIRECT_PLUGIN, PLUGIN_OPERATIONS } from '@openedx/frontend-plugin-framework';

import { ArchiveButton } from './ArchiveButton';
import { CourseListWrapper } from './CourseListWrapper';

export const pluginSlots = {
  'org.openedx.frontend.learner_dashboard.course_list.v1': {
    keepDefault: true,
    plugins: [
      {
        op: PLUGIN_OPERATIONS.Wrap,
        widgetId: 'default_contents',
        wrapper: CourseListWrapper,
      },
    ],
  },
  // In each card. It shows nothing unless the wrapper is around it.
  'org.openedx.frontend.learner_dashboard.course_card_action.v1': {
    keepDefault: true,
    plugins: [
      {
        op: PLUGIN_OPERATIONS.Insert,
        widget: {
          id: 'sample_plugin_archival.button',
          type: DIRECT_PLUGIN,
          priority: 60,
          RenderWidget: ArchiveButton,
          // If it crashes: nothing, where the platform would show a page of its own, in the card.
          errorFallbackComponent: <></>, // eslint-disable-line react/jsx-no-useless-fragment
        },
      },
    ],
  },
};
