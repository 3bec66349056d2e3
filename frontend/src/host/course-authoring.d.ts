/** The little of frontend-app-authoring that `studio.ts` uses. It is not promised to plugins. */

declare module 'CourseAuthoring/generic/toast-context' {
  export function showToastOutsideReact(message: string, action?: { label: string, onClick: () => void }): void;
  export function closeToastOutsideReact(): void;
}

declare module 'CourseAuthoring/course-unit/unit-sidebar/UnitSidebarPagesContext' {
  import type { ComponentType, Context } from 'react';

  interface SidebarPage {
    component: ComponentType;
    icon: ComponentType;
    title: { id: string, defaultMessage: string };
  }

  export const UnitSidebarPagesContext: Context<Record<string, SidebarPage> | undefined>;
}
