export { ApproveDialog } from './ApproveDialog';
