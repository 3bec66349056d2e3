export { Ago } from './Ago';
export { ChoiceButtons } from './ChoiceButtons';
export { ErrorMessage } from './ErrorMessage';
export { Loading } from './Loading';
export { PublishModal } from './PublishModal';
export { useDebounced } from './useDebounced';
export { useErrorSentence } from './useErrorSentence';
export { usePersonName, useReviewerName } from './usePersonName';
export { useIsPainted } from './useIsPainted';
