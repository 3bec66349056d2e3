export { Timings } from './Timings';
