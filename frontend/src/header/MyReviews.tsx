import { createPortal } from 'react-dom';

import { onDemand } from '../onDemand';
import { Guarded } from './Guarded';

interface Props {
  /** The page's address, which says what of it to show. */
  params: URLSearchParams;
  onClose: () => void;
}

const Loaded = onDemand<Props>(async () => (await import('../my-reviews')).MyReviews);

/** My reviews, over the whole page. Loaded by those who open them. */
export const MyReviews = (props: Props) => createPortal(<Guarded><Loaded {...props} /></Guarded>, document.body);

export const loadMyReviews = () => Loaded.load().catch(() => {}); // said once it is opened
