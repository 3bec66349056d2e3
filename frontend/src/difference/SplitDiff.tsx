/** How it was and how it is, side by side. */
import { Fragment } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import { AtPlace } from '../conversations/places';
import { textOf, type Hunk, type Line } from './lines';
import { LineText, type Kind } from './LineText';
import messages from './messages';

interface Props {
  hunks: Hunk[];
  names: { old: string, new: string };
}

/** One side of a row; undefined if there is nothing on that side. */
const Side = ({ kind, line, isNew = false }: { kind: Kind, line?: Line, isNew?: boolean }) => (
  <>
    <td className={line && `sample-plugin-reviews-diff__${kind}`}>{line?.number}</td>
    <td className={line && `sample-plugin-reviews-diff__${kind} sample-plugin-reviews-place`}>
      {line && <LineText kind={kind} line={line} />}
      {line && isNew && <AtPlace kind="line" text={textOf(line)} number={line.number} />}
    </td>
  </>
);

export const SplitDiff = ({ hunks, names }: Props) => {
  const intl = useIntl();
  return (
    <table className="sample-plugin-reviews-diff sample-plugin-reviews-diff--split" dir="ltr">
      <caption className="sr-only">{intl.formatMessage(messages.lines)}</caption>
      {/* With fixed widths: both sides get the same, however long a line is. */}
      <colgroup>
        <col className="sample-plugin-reviews-diff__number" />
        <col />
        <col className="sample-plugin-reviews-diff__number" />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>{names.old}</th>
          <th scope="col" colSpan={2}>{names.new}</th>
        </tr>
      </thead>
      <tbody>
        {hunks.map(({ oldStart, newStart, rows }) => (
          <Fragment key={`${oldStart}-${newStart}`}>
            <tr className="sample-plugin-reviews-diff__hunk">
              <td colSpan={4}>{intl.formatMessage(messages.fromLine, { line: newStart || oldStart })}</td>
            </tr>
            {rows.map((row) => (
              <tr key={`${row.old?.number}-${row.new?.number}`}>
                <Side kind={row.isSame ? 'same' : 'removed'} line={row.old} />
                <Side kind={row.isSame ? 'same' : 'added'} line={row.new} isNew />
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
};
