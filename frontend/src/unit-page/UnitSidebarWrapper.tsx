import type { ReactNode } from 'react';

export const UnitSidebarWrapper = ({ component }: { component: ReactNode }) => component;
