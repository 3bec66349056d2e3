export { Conversations } from './Conversations';
export { RequireResolved } from './RequireResolved';
