export { Ago } from './Ago';
export { ErrorMessage } from './ErrorMessage';
export { Loading } from './Loading';
export { useDebounced } from './useDebounced';
export { useErrorSentence } from './useErrorSentence';
export { usePersonName, useReviewerName } from './usePersonName';
