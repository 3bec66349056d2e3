/** An image as it is in one version. */
import { useEffect, useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Button } from '@openedx/paragon';

import { ErrorMessage, Loading } from '../common';
import { useImage } from '../data/queueHooks';
import { readable } from './readable';
import { useSize } from './useSize';
import messages from './messages';

interface Props {
  entityKey: string;
  version: number;
  path: string;
  side: 'old' | 'new';
  size: number;
  /** Whether it is small enough to be loaded without being asked for. */
  isShownAtOnce: boolean;
}

export const ImageOf = ({
  entityKey, version, path, side, size, isShownAtOnce,
}: Props) => {
  const intl = useIntl();
  const sizeOf = useSize();
  const [isWanted, setWanted] = useState(isShownAtOnce);
  const [isBroken, setBroken] = useState(false);
  const [address, setAddress] = useState<string>();
  const { data: blob, error, refetch } = useImage(entityKey, version, path, isWanted);

  useEffect(() => {
    if (!blob) { return undefined; }
    // As data, and not at an object's address: that one would be of this page's origin, and the scripts of an SVG would
    // run there once somebody opened it in a tab of its own. Within the page they do not run in either.
    const reader = new FileReader();
    reader.onload = () => setAddress(reader.result as string);
    reader.readAsDataURL(blob);
    return () => reader.abort();
  }, [blob]);

  if (!isWanted) {
    return (
      <Button variant="outline-primary" size="sm" onClick={() => setWanted(true)}>
        {intl.formatMessage(messages.showImage, { side, size: sizeOf(size) })}
      </Button>
    );
  }
  if (error) { return <ErrorMessage error={error} onRetry={refetch} />; }
  if (!address) { return <Loading />; }
  return isBroken
    ? <p className="text-danger small">{intl.formatMessage(messages.brokenImage)}</p>
    : (
      <img
        src={address}
        alt={intl.formatMessage(messages.image, { side, path: readable(path) })}
        className="img-fluid border"
        onError={() => setBroken(true)}
      />
    );
};
