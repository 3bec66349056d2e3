/** The pages of the unit's sidebar, to which plugins may add: at the place and with the names of Studio's own. */
import { createContext, type ComponentType } from 'react';

export interface SidebarPage {
  component: ComponentType;
  icon: ComponentType;
  title: { id: string, defaultMessage: string };
}

export const UnitSidebarPagesContext = createContext<Record<string, SidebarPage> | undefined>(undefined);
