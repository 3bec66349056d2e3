/** What a conversation is about, in the words of then: a reader knows it also where it is gone. */
import { useIntl } from '@edx/frontend-platform/i18n';

import { readable } from '../difference/readable';
import messages from './messages';

interface Props {
  kind: string;
  text: string;
  number?: number | null;
  title?: string;
}

export const Quote = ({
  kind, text, number, title,
}: Props) => {
  const intl = useIntl();
  const isProse = kind === 'part' || title !== undefined;
  return (
    <>
      {intl.formatMessage(messages.about, { kind, number: number ?? 0 })}
      {text && (
        <>
          {' '}
          {isProse
            ? <q className="sample-plugin-reviews-conversation__quote" dir="auto">{readable(title ?? text)}</q>
            : <code className="sample-plugin-reviews-conversation__quote" dir="ltr">{readable(text.trim())}</code>}
        </>
      )}
    </>
  );
};
