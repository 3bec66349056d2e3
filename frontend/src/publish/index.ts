export { PublishDialog } from './PublishDialog';
export { PublishReviewed } from './PublishReviewed';
