export { DifferenceView } from './DifferenceView';
