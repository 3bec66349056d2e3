import { useIntl } from '@edx/frontend-platform/i18n';
import { ActionRow, ModalDialog } from '@openedx/paragon';

import { MarkReviewed, type useNote } from './MarkReviewed';
import messages from './messages';

interface Props {
  /** Whether there is something to mark. */
  isReady: boolean;
  note: ReturnType<typeof useNote>;
  label: string;
  isPending: boolean;
  onMark: (note: string) => void;
}

/** The buttons of a dialog in which several changes are marked as reviewed together. */
export const MarkOrClose = ({ isReady, isPending, ...mark }: Props) => {
  const intl = useIntl();
  return isReady ? (
    <MarkReviewed isPending={isPending} {...mark}>
      <ModalDialog.CloseButton variant="tertiary" size="sm" disabled={isPending}>
        {intl.formatMessage(messages.cancel)}
      </ModalDialog.CloseButton>
    </MarkReviewed>
  ) : (
    <ActionRow>
      <ModalDialog.CloseButton variant="tertiary" size="sm">
        {intl.formatMessage(messages.closeDialog)}
      </ModalDialog.CloseButton>
    </ActionRow>
  );
};
