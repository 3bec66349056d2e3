export { HeaderAction } from './HeaderAction';
