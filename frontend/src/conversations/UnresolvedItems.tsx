/** The items that a publish was refused for because conversations about them are open; each opens in the workspace. */
import { useIntl } from '@edx/frontend-platform/i18n';
import { Link } from 'react-router-dom';

import { keyOf } from '../data/keyOf';
import { bodyOf } from '../data/errors';
import { ALL, addressWith } from '../reviewsAddress';
import messages from './messages';

interface Unresolved {
  key: string | null;
  title: string;
  open_count: number;
}

export const UnresolvedItems = ({ error, onOpen }: { error: unknown, onOpen: () => void }) => {
  const intl = useIntl();
  const items = bodyOf(error)?.details?.unresolved as Unresolved[] | undefined;
  if (!items) { return null; }
  return (
    <ul className="mb-0">
      {items.map(({ key, title, open_count: count }, index) => (
        <li key={keyOf({ key }, index)}>
          {key
            ? <Link to={`?${addressWith(ALL, { whose: 'all', change: key })}`} onClick={onOpen}><bdi>{title}</bdi></Link>
            : <bdi>{title}</bdi>}
          {' · '}
          {intl.formatMessage(messages.openOf, { count })}
        </li>
      ))}
    </ul>
  );
};
