/**
 * A library component as Studio renders it, in a frame that can do nothing to this page.
 *
 * The content is other people's, and may hold scripts. Without `allow-same-origin` they run as if they came from
 * nowhere: no cookies, no session, no access to this page, also where the content has the same address as the page.
 */
import { useEffect, useRef, useState } from 'react';
import { getConfig } from '@edx/frontend-platform';
import { useIntl } from '@edx/frontend-platform/i18n';
import { useQuery } from '@tanstack/react-query';

import { Loading } from '../common';
import { checkPreview } from '../data/api';
import { options } from '../data/library';
import messages from './messages';

const SMALLEST = 80; // pixels
const LARGEST = 2_000;

interface Props {
  entityKey: string;
  version: number | 'draft' | 'published';
  title: string;
}

/** As high as what is in it, which says so. */
const useHeight = (frame: React.RefObject<HTMLIFrameElement>) => {
  const [height, setHeight] = useState(240);
  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent) => {
      if (source !== frame.current?.contentWindow || data?.type !== 'plugin.resize') { return; }
      const wanted = Number(data.payload?.height);
      if (wanted > 0) { setHeight(Math.min(Math.max(wanted, SMALLEST), LARGEST)); }
    };
    window.addEventListener('message', onMessage);
    return () => window.removeEventListener('message', onMessage);
  }, [frame]);
  return height;
};

export const Frame = ({ entityKey, version, title }: Props) => {
  const intl = useIntl();
  const frame = useRef<HTMLIFrameElement>(null);
  const height = useHeight(frame);
  const address = `${getConfig().STUDIO_BASE_URL}/xblocks/v2/${entityKey}/embed/student_view/?version=${version}`;
  // A frame does not tell an error page from the content.
  const { isPending, error } = useQuery({
    ...options,
    retry: false,
    staleTime: 60_000,
    queryKey: ['sample-plugin-reviews-preview', entityKey, version],
    queryFn: () => checkPreview(address),
  });
  if (isPending) { return <Loading />; }
  if (error) { return <p className="small">{intl.formatMessage(messages.noPreview)}</p>; }
  return (
    <iframe
      ref={frame}
      title={title}
      src={address}
      sandbox="allow-scripts"
      // The content sends its height to the page that it was asked for by.
      referrerPolicy="origin"
      loading="lazy"
      className="sample-plugin-reviews-workspace__frame"
      style={{ height }}
    />
  );
};
