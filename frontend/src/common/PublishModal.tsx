import type { ReactNode } from 'react';
import { ActionRow, ModalDialog } from '@openedx/paragon';

interface Props {
  title: string;
  /** What the button that publishes nothing says, and what the cross says. */
  cancelLabel: string;
  closeLabel: string;
  /** Until the server has answered, nothing closes the dialog. */
  isPending: boolean;
  /** The button that publishes, as long as there is something to publish. */
  action: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** The dialog that asks before a publish, and shows its result. */
export const PublishModal = ({
  title, cancelLabel, closeLabel, isPending, action, onClose, children,
}: Props) => (
  <ModalDialog
    title={title}
    isOpen
    onClose={onClose}
    hasCloseButton={!isPending}
    closeLabel={closeLabel}
    isBlocking={isPending}
    isOverflowVisible={false}
  >
    <ModalDialog.Header>
      <ModalDialog.Title>{title}</ModalDialog.Title>
    </ModalDialog.Header>
    <ModalDialog.Body>{children}</ModalDialog.Body>
    <ModalDialog.Footer>
      <ActionRow>
        <ModalDialog.CloseButton variant="tertiary" disabled={isPending}>{cancelLabel}</ModalDialog.CloseButton>
        {action}
      </ActionRow>
    </ModalDialog.Footer>
  </ModalDialog>
);
