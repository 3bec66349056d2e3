export { Progress } from './Progress';
export { PublishDialog } from './PublishDialog';
