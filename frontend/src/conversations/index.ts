export { Conversations } from './Conversations';
export { RequireResolved } from './RequireResolved';
export { UnresolvedItems } from './UnresolvedItems';
