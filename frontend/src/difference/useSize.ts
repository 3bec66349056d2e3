import { useIntl } from '@edx/frontend-platform/i18n';

import messages from './messages';

const UNITS = [['megabyte', 1_000_000], ['kilobyte', 1_000], ['byte', 1]] as const;

/** How large something is, in words; that there is none if it is null. */
export const useSize = () => {
  const intl = useIntl();
  return (size: number | null): string => {
    if (size === null) { return intl.formatMessage(messages.nothing); }
    const [unit, length] = UNITS.find(([, bytes]) => size >= bytes) ?? ['byte', 1];
    return intl.formatNumber(size / length, {
      // Its short form is the same for one and for many: “12 byte”.
      style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: 1,
    });
  };
};
