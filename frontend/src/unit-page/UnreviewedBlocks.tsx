/** Warns of what in the unit came from a version that is not reviewed. */
import { useContext } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Alert } from '@openedx/paragon';
import { Warning } from '@openedx/paragon/icons';

import {
  libraryBlocks, UnitBlocks, versionKey, versionsOf,
} from './blocks';
import messages from './messages';
import { useReviewedVersions } from './useReviewedVersions';

export const UnreviewedBlocks = () => {
  const intl = useIntl();
  const blocks = libraryBlocks(useContext(UnitBlocks));
  // With the same question as the page, and so with the same answer. What fails is said there.
  const { data: versions } = useReviewedVersions(versionsOf(blocks));
  const unreviewed = blocks.filter(({ key, synced }) => {
    const version = synced === null ? undefined : versions?.get(versionKey(key, synced));
    // Whether anybody reviewed it before the plugin kept records, the record cannot say.
    return version && !version.is_reviewed && version.judgement?.basis !== 'before_plugin';
  });
  if (unreviewed.length === 0) { return null; }
  return (
    <Alert variant="warning" icon={Warning} className="mb-3">
      {intl.formatMessage(messages.unreviewedBlocks, {
        count: unreviewed.length, names: intl.formatList(unreviewed.map(({ name }) => name)),
      })}
    </Alert>
  );
};
