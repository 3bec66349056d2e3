/** A block from a library: what is known of its version in the course, and of a newer one. */
import { FormattedMessage } from '@edx/frontend-platform/i18n';
import { Stack } from '@openedx/paragon';
import { Link } from 'react-router-dom';

import { libraryKeyOf, pathOf } from '../host/studio';
import { versionKey, type LibraryBlock } from './blocks';
import messages from './messages';
import type { VersionsByKey } from './useReviewedVersions';
import { VersionStatus } from './VersionStatus';

const forScreenReaders = (chunks: React.ReactNode) => <span className="sr-only">{chunks}</span>;

export const BlockReviews = ({ block, versions }: { block: LibraryBlock, versions: VersionsByKey }) => {
  const {
    name, key, synced, newer,
  } = block;
  const shown = [
    { number: synced, message: messages.inCourse },
    { number: newer, message: messages.newer },
  ].flatMap(({ number, message }) => (
    number === null ? [] : [{ number, message, version: versions.get(versionKey(key, number)) }]
  ));
  return (
    <Stack gap={2}>
      <h3 className="small font-weight-bold mb-0" dir="auto">{name}</h3>
      {synced === null && <div><FormattedMessage {...messages.unknownVersion} /></div>}
      <dl className="pgn__vstack pgn__stack-gap--2 mb-0">
        {shown.map(({ number, message, version }) => (
          <VersionStatus
            key={number}
            label={<FormattedMessage {...message} values={{ version: number }} />}
            version={version}
          />
        ))}
      </dl>
      {shown.some(({ version }) => version) && (
        <Link className="small" to={pathOf(libraryKeyOf(key), key)}>
          <FormattedMessage {...messages.openInLibrary} values={{ name, sr: forScreenReaders }} />
        </Link>
      )}
    </Stack>
  );
};
