/** On pages that belong to no library, the button opens what concerns the person in all of them. */
import { useState } from 'react';

import { useMyCounts } from '../data/mine';
import { Translated } from '../i18n/Translated';
import { MINE, openReviews, useReviewsAddress } from '../reviewsAddress';
import { MyReviews, loadMyReviews } from './MyReviews';
import { ReviewsButton } from './ReviewsButton';
import { useFocusAfter } from './useFocusAfter';

export const Elsewhere = () => {
  const { data: mine, isFetched } = useMyCounts();
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const { params, scope, close } = useReviewsAddress();
  const isOpen = scope === MINE;
  useFocusAfter(isOpen, button);

  // Course authors without a library have nothing to do with reviews; a link to the page still says so.
  if (!isFetched || mine === null || (mine?.library_count === 0 && !isOpen)) { return null; }
  return (
    <Translated>
      {/* Shown after an error, too: the page says what is wrong. */}
      <ReviewsButton
        ref={setButton}
        waitsForMe={mine?.counts}
        isOpen={isOpen}
        onClick={() => openReviews(MINE)}
        onApproach={loadMyReviews}
      />
      {isOpen && <MyReviews params={params} onClose={close} />}
    </Translated>
  );
};
