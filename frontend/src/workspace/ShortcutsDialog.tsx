import { useIntl } from '@edx/frontend-platform/i18n';
import { Form, StandardModal } from '@openedx/paragon';

import { SHORTCUTS, setShortcutsOn, useShortcutsOn } from '../verdict/useShortcuts';
import messages from './messages';

export const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => {
  const intl = useIntl();
  const areOn = useShortcutsOn();
  return (
    <StandardModal
      title={intl.formatMessage(messages.shortcuts)}
      isOpen
      onClose={onClose}
      isOverflowVisible={false}
    >
      <dl className="sample-plugin-reviews-workspace__shortcuts">
        {SHORTCUTS.map((each) => (
          <div key={each}>
            <dt><kbd>{each}</kbd></dt>
            <dd>{intl.formatMessage(messages.shortcut, { key: each === '?' ? 'help' : each })}</dd>
          </div>
        ))}
      </dl>
      <Form.Checkbox checked={areOn} onChange={() => setShortcutsOn(!areOn)}>
        {intl.formatMessage(messages.useShortcuts)}
      </Form.Checkbox>
    </StandardModal>
  );
};
