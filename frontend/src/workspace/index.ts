export { prefetchQueue } from '../data/queueHooks';
export { Workspace } from './Workspace';
