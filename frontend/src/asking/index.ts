export { AskForThese } from './AskForThese';
export { Asking } from './Asking';
