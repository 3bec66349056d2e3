/** What was removed and added, one below the other. */
import { Fragment } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import { AtPlace } from '../conversations/places';
import { textOf, unifiedLines, type Hunk } from './lines';
import { LineText } from './LineText';
import messages from './messages';

interface Props {
  hunks: Hunk[];
  names: { old: string, new: string };
}

export const UnifiedDiff = ({ hunks, names }: Props) => {
  const intl = useIntl();
  return (
    // Code is written from left to right, whatever the language.
    <table className="sample-plugin-reviews-diff" dir="ltr">
      <caption className="sr-only">{intl.formatMessage(messages.lines)}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{names.old}</th>
          <th scope="col">{names.new}</th>
          <th scope="col">{intl.formatMessage(messages.text)}</th>
        </tr>
      </thead>
      <tbody>
        {hunks.map(({ oldStart, newStart, rows }) => (
          <Fragment key={`${oldStart}-${newStart}`}>
            <tr className="sample-plugin-reviews-diff__hunk">
              <td colSpan={3}>{intl.formatMessage(messages.fromLine, { line: newStart || oldStart })}</td>
            </tr>
            {unifiedLines(rows).map(({
              kind, oldNumber, newNumber, ...line
            }) => (
              <tr key={`${oldNumber}-${newNumber}`} className={`sample-plugin-reviews-diff__${kind}`}>
                <td>{oldNumber}</td>
                <td>{newNumber}</td>
                <td className="sample-plugin-reviews-place">
                  <LineText kind={kind} line={line} />
                  {newNumber !== undefined && <AtPlace kind="line" text={textOf(line)} number={newNumber} />}
                </td>
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
};
