export { PublishReviewed } from './PublishReviewed';
