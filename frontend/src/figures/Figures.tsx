/** What is open in a library and for how long, and how long reviews take there. Never about a person. */
import type { ChangeEvent } from 'react';
import { useIntl } from '@edx/frontend-platform/i18n';
import { Form } from '@openedx/paragon';

import { ErrorMessage, Loading } from '../common';
import type { Durations, LibraryName } from '../data/schema';
import { OpenByAge } from './OpenByAge';
import { useFigures, useManagedLibraries } from './requests';
import messages from './messages';
import './figures.css';

const MINUTE = 60; // seconds
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', MINUTE]] as const;

/** In the largest unit of which it takes two, rounded up: it is said to be “within” that. */
const inUnit = (seconds: number): [string, number] => {
  const [unit, length] = UNITS.find(([, inSeconds]) => seconds >= 2 * inSeconds) ?? ['minute', MINUTE];
  return [unit, Math.max(Math.ceil(seconds / length), 1)];
};

const Duration = ({ of, days, durations }: { of: 'verdict' | 'publish', days: number, durations: Durations | null }) => {
  const intl = useIntl();
  const say = (seconds: number) => {
    const [unit, count] = inUnit(seconds);
    return intl.formatNumber(count, { style: 'unit', unit, unitDisplay: 'long' });
  };
  if (!durations) { return <p className="mb-1">{intl.formatMessage(messages.tooFew, { of, days })}</p>; }
  return (
    <p className="mb-1">
      {intl.formatMessage(messages.durations, {
        of,
        days,
        count: durations.count,
        median: say(durations.median_seconds),
        most: say(durations.percentile_90_seconds),
      })}
    </p>
  );
};

const OfLibrary = ({ libraryKey }: { libraryKey: string }) => {
  const { data: figures, error, refetch } = useFigures(libraryKey);
  if (!figures) { return error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />; }
  return (
    <div className="sample-plugin-reviews-figures">
      <OpenByAge figures={figures} />
      <div>
        <Duration of="verdict" days={figures.period_days} durations={figures.to_first_verdict} />
        <Duration of="publish" days={figures.period_days} durations={figures.to_publish} />
      </div>
    </div>
  );
};

interface Props {
  /** If the person may not see the figures of this one, those of another are shown. */
  libraryKey: string;
  onChoose: (libraryKey: string) => void;
}

export const Figures = ({ libraryKey, onChoose }: Props) => {
  const intl = useIntl();
  const { data, error, refetch } = useManagedLibraries();
  if (!data) { return error ? <ErrorMessage error={error} onRetry={refetch} /> : <Loading />; }
  const { key: shown } = data.results.find(({ key }) => key === libraryKey) ?? data.results[0] ?? { key: '' };
  return (
    <>
      <Form.Group size="sm" className="mb-3" style={{ maxWidth: '20rem' }} controlId="sample-plugin-reviews-figures-of">
        <Form.Control
          as="select"
          floatingLabel={intl.formatMessage(messages.library)}
          value={shown}
          onChange={({ target }: ChangeEvent<HTMLSelectElement>) => onChoose(target.value)}
        >
          {data.results.map(({ key, title }: LibraryName) => <option key={key} value={key}>{title}</option>)}
        </Form.Control>
      </Form.Group>
      {shown && <OfLibrary libraryKey={shown} />}
    </>
  );
};
