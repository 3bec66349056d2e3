export { ItemPopover } from './ItemPopover';
