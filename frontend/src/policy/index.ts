export { ReviewPolicy } from './ReviewPolicy';
