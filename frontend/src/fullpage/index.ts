export { FullPage } from './FullPage';
