export { UnitSidebarWrapper } from './UnitSidebarWrapper';
