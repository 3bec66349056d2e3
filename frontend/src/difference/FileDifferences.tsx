/** Which files were added, removed or replaced. */
import { useId } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import { AtPlace } from '../conversations/places';
import type { Difference, FileDifference, FileVersion } from '../data/api';
import { ImageOf } from './ImageOf';
import { readable } from './readable';
import { SIGNS } from './signs';
import { useSize } from './useSize';
import messages from './messages';

/** So many images are shown without being asked for, if they are no larger than this in bytes. */
const AT_ONCE = 6;
const SMALL = 1_000_000;

interface Props {
  entityKey: string;
  difference: Difference;
}

export const FileDifferences = ({ entityKey, difference }: Props) => {
  const intl = useIntl();
  const headingId = useId();
  const sizeOf = useSize();
  const { files, file_count: count } = difference;
  const images = files.filter((file) => file.old?.is_image || file.new?.is_image).slice(0, AT_ONCE);
  const sides = [
    { name: 'old', version: difference.old?.version_num },
    { name: 'new', version: difference.new?.version_num },
  ] as const;

  const sideOf = (file: FileDifference, name: 'old' | 'new', version: number | undefined) => {
    const side: FileVersion | null = file[name];
    if (!side) { return null; }
    return (
      <div key={name} className="sample-plugin-reviews-difference__side">
        <p className="small mb-1">
          {intl.formatMessage(messages.fileSide, {
            side: name, size: sizeOf(side.size), type: readable(side.mime_type),
          })}
        </p>
        {side.is_image && version !== undefined && (
          <ImageOf
            entityKey={entityKey}
            version={version}
            path={file.path}
            side={name}
            size={side.size}
            isShownAtOnce={images.includes(file) && side.size <= SMALL}
          />
        )}
      </div>
    );
  };

  return (
    <section aria-labelledby={headingId} className="mb-4">
      <h3 id={headingId} className="h4">{intl.formatMessage(messages.files, { count })}</h3>
      <ul className="list-unstyled">
        {files.map((file) => (
          <li key={file.path} className="sample-plugin-reviews-place border rounded p-2 mb-2">
            <p className="mb-1">
              <span aria-hidden className="sample-plugin-reviews-difference__sign">{SIGNS[file.change]}</span>
              {intl.formatMessage(messages.file, {
                path: <code key="path">{readable(file.path)}</code>, change: file.change,
              })}
            </p>
            {file.new && <AtPlace kind="file" text={file.path} />}
            <div className="sample-plugin-reviews-difference__sides">
              {sides.map(({ name, version }) => sideOf(file, name, version))}
            </div>
          </li>
        ))}
      </ul>
      {count > files.length && <p>{intl.formatMessage(messages.more, { count: count - files.length })}</p>}
    </section>
  );
};
