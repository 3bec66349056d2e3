/** What in the unit comes from libraries, and who reviewed it. */
import { useContext } from 'react';
import { FormattedMessage } from '@edx/frontend-platform/i18n';
import { Stack } from '@openedx/paragon';

import { ErrorMessage, Loading } from '../common';
import { statusOf } from '../data/errors';
import { libraryBlocks, UnitBlocks, versionsOf } from './blocks';
import { BlockReviews } from './BlockReviews';
import messages from './messages';
import { useReviewedVersions } from './useReviewedVersions';

const BlockList = () => {
  const blocks = libraryBlocks(useContext(UnitBlocks));
  const { data: versions, error, refetch } = useReviewedVersions(versionsOf(blocks));

  if (blocks.length === 0) { return <FormattedMessage {...messages.nothing} />; }
  if (!versions) {
    if (!error) { return <Loading />; }
    // Of what one may not see, the answer says so. If there is none at all, the plugin is not in this Studio.
    return statusOf(error) === 404
      ? <FormattedMessage {...messages.notInstalled} />
      : <ErrorMessage error={error} onRetry={refetch} />;
  }
  return (
    // Without the role, Safari takes a list without bullets for none.
    // eslint-disable-next-line jsx-a11y/no-redundant-roles
    <ul role="list" className="list-unstyled pgn__vstack pgn__stack-gap--4 mb-0">
      {blocks.map((block) => (
        <li key={block.id}><BlockReviews block={block} versions={versions} /></li>
      ))}
    </ul>
  );
};

export const UnitReviews = () => (
  <Stack gap={3} className="px-3 py-1">
    <h2 className="h3 text-primary mb-0"><FormattedMessage {...messages.heading} /></h2>
    <BlockList />
  </Stack>
);
