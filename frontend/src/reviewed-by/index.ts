export { MyName } from './MyName';
export { ShowToLearners } from './ShowToLearners';
