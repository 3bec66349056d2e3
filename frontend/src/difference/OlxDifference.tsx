/** What changed in the text of a component. */
import { useId, useMemo, useState } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';

import { ChoiceButtons } from '../common';
import type { OlxDifference as Olx } from '../data/api';
import { hunksOf } from './lines';
import { readable } from './readable';
import { SplitDiff } from './SplitDiff';
import { UnifiedDiff } from './UnifiedDiff';
import { useSize } from './useSize';
import messages from './messages';

type View = 'unified' | 'split';
const VIEWS: View[] = ['unified', 'split'];

// Whoever likes it the other way likes it so for the next item, too.
let lastView: View = 'unified';

interface Props {
  olx: Olx;
  names: { old: string, new: string };
  /** Nothing is beside what is new or deleted. */
  hasTwoSides: boolean;
}

export const OlxDifference = ({ olx, names, hasTwoSides }: Props) => {
  const intl = useIntl();
  const headingId = useId();
  const sizeOf = useSize();
  const [view, setView] = useState(lastView);
  const hunks = useMemo(() => hunksOf(olx.unified), [olx.unified]);
  const show = (chosen: View) => {
    lastView = chosen;
    setView(chosen);
  };

  const content = () => {
    if (olx.state === 'too_large') {
      return (
        <p>{intl.formatMessage(messages.tooLarge, { old: sizeOf(olx.old_size), new: sizeOf(olx.new_size) })}</p>
      );
    }
    // Better as the server wrote it than not at all.
    if (!hunks?.length) { return <pre dir="ltr">{readable(olx.unified)}</pre>; }
    const Diff = hasTwoSides && view === 'split' ? SplitDiff : UnifiedDiff;
    return (
      <>
        {olx.state === 'whitespace_only' && <p>{intl.formatMessage(messages.whitespaceOnly)}</p>}
        {hasTwoSides && (
          <ChoiceButtons
            label={intl.formatMessage(messages.view)}
            values={VIEWS}
            chosen={view}
            labelOf={(each) => intl.formatMessage(messages[each])}
            onChoose={show}
            className="mb-2"
          />
        )}
        <Diff hunks={hunks} names={names} />
      </>
    );
  };

  return (
    <section aria-labelledby={headingId} className="mb-4">
      <h3 id={headingId} className="h4">{intl.formatMessage(messages.olx)}</h3>
      {content()}
    </section>
  );
};
