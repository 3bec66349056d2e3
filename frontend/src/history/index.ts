export { Basis } from './Basis';
export { History } from './History';
export { PastReview } from './PastReview';
