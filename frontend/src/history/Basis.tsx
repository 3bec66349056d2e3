/** On what basis something went live: how its publish was judged then. */
import { useIntl } from '@edx/frontend-platform/i18n';

import { usePersonName } from '../common';
import type { Judgement } from '../data/schema';
import messages from './messages';
import '../entity/entity.css';

/** Also says so where nothing is on record. */
export const Basis = ({ judgement }: { judgement: Judgement | null }) => {
  const intl = useIntl();
  const nameOf = usePersonName();
  if (!judgement || judgement.basis === 'unexplained') {
    return <strong className="d-block text-danger">{intl.formatMessage(messages.unexplained)}</strong>;
  }
  const {
    basis, unreviewed, mode, reason, decided_by: decidedBy,
  } = judgement;
  return (
    <div>
      {intl.formatMessage(messages.basis, { basis, unreviewed: String(unreviewed), mode })}
      {basis === 'bypassed' && unreviewed !== false && (
        <>
          {' '}
          {decidedBy
            ? intl.formatMessage(messages.decidedBy, { name: nameOf(decidedBy) })
            : intl.formatMessage(messages.decidedByNobody)}
        </>
      )}
      {reason && <q className="sample-plugin-reviews-note d-block font-italic" dir="auto">{reason}</q>}
    </div>
  );
};
