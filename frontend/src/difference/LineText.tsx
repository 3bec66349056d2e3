/** The text of a line. What people wrote is never anything but text here. */
import { useIntl } from '@edx/frontend-platform/i18n';

import type { Line } from './lines';
import { readable, visibleSpaces } from './readable';
import messages from './messages';

export type Kind = 'same' | 'removed' | 'added';

const SIGNS = { same: ' ', removed: '−', added: '+' };
const ELEMENTS = { same: 'span', removed: 'del', added: 'ins' } as const;

export const LineText = ({ kind, line }: { kind: Kind, line: Line }) => {
  const intl = useIntl();
  const Element = ELEMENTS[kind];
  return (
    <>
      <span aria-hidden className="sample-plugin-reviews-diff__sign">{SIGNS[kind]}</span>
      {kind !== 'same' && <span className="sr-only">{intl.formatMessage(messages[kind])}</span>}
      <Element>
        {line.parts.map(({ text, isChanged }, index) => (isChanged
          // eslint-disable-next-line react/no-array-index-key
          ? <mark key={index}>{visibleSpaces(readable(text))}</mark>
          : readable(text)))}
      </Element>
      {line.isUnended && (
        <span className="sample-plugin-reviews-diff__remark">{intl.formatMessage(messages.unended)}</span>
      )}
    </>
  );
};
