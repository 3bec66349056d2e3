/** What changed, in words: what was inserted and what was deleted, as text. */
import { useIntl } from '@edx/frontend-platform/i18n';

import { AtPlace, newTextOf } from '../conversations/places';
import type { Difference, PartDifference } from '../data/api';
import { FileDifferences } from '../difference/FileDifferences';
import { readable } from '../difference/readable';
import '../difference/difference.css';
import messages from './messages';

type Run = PartDifference['blocks'][number]['runs'][number];

const RunText = ({ run }: { run: Run }) => {
  const intl = useIntl();
  const text = readable(run.text);
  if (run.change === 'same') { return <>{text}</>; } // eslint-disable-line react/jsx-no-useless-fragment
  const Mark = run.change === 'added' ? 'ins' : 'del';
  return (
    <Mark>
      {/* Screen readers do not read the marks. */}
      <span className="sr-only">{intl.formatMessage(run.change === 'added' ? messages.added : messages.removed)}</span>
      {text}
    </Mark>
  );
};

const rightness = ({ was_correct: was, is_correct: is }: PartDifference) => {
  if (was === is || was === null || is === null) { return (is ?? was) === null ? undefined : `${is ?? was}`; }
  return is ? 'now_true' : 'now_false';
};

const Blocks = ({ part }: { part: PartDifference }) => (
  <>
    {part.blocks.map((block, index) => {
      const newText = newTextOf(block);
      return (
        <div
          // eslint-disable-next-line react/no-array-index-key -- they have nothing else, and never change
          key={index}
          className="sample-plugin-reviews-workspace__block sample-plugin-reviews-place"
          data-kind={block.kind}
          data-change={block.change}
          dir="auto"
        >
          {/* eslint-disable-next-line react/no-array-index-key */}
          {block.kind === 'gap' ? '…' : block.runs.map((run, place) => <RunText key={place} run={run} />)}
          {newText && <AtPlace kind="part" text={newText} part={part.part} />}
        </div>
      );
    })}
  </>
);

const Part = ({ part }: { part: PartDifference }) => {
  const intl = useIntl();
  const right = rightness(part);
  // What changed in the part above it and cannot be seen in the words, such as a style.
  if (part.part === 'source' && part.name === 'markup') {
    return (
      <details open className="sample-plugin-reviews-workspace__part" data-part="source">
        <summary>{intl.formatMessage(messages.markup)}</summary>
        <Blocks part={part} />
      </details>
    );
  }
  return (
    <section className="sample-plugin-reviews-workspace__part" data-change={part.change} data-part={part.part}>
      <h3 className="h6 mb-1">
        {intl.formatMessage(messages.part, { part: part.part, name: part.name })}
        {right && ` · ${intl.formatMessage(messages.rightness, { right })}`}
      </h3>
      <Blocks part={part} />
    </section>
  );
};

export const Words = ({ entityKey, difference }: { entityKey: string, difference: Difference }) => {
  const intl = useIntl();
  const words = difference.words!;
  const isReadable = words.state === 'same' || words.state === 'changed';
  return (
    <div className="sample-plugin-reviews-workspace__words">
      {!isReadable && <p>{intl.formatMessage(messages.wordsUnavailable, { state: words.state })}</p>}
      {words.state === 'same' && difference.change === 'edited' && <p>{intl.formatMessage(messages.wordsSame)}</p>}
      {/* eslint-disable-next-line react/no-array-index-key */}
      {words.parts.map((part, index) => <Part key={index} part={part} />)}
      {difference.files.length > 0 && <FileDifferences entityKey={entityKey} difference={difference} />}
    </div>
  );
};
