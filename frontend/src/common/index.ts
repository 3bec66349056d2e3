export { Ago } from './Ago';
export { ErrorMessage } from './ErrorMessage';
export { Loading } from './Loading';
export { useDebounced } from './useDebounced';
export { usePersonName } from './usePersonName';
