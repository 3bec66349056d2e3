import { Button } from '@openedx/paragon';

interface Props<Value extends string> {
  /** Read by a screen reader before the buttons. */
  label: string;
  values: readonly Value[];
  chosen: Value;
  labelOf: (value: Value) => string;
  onChoose: (value: Value) => void;
  className?: string;
  buttonClassName?: string;
}

/** Buttons in a line, of which one is pressed. */
export const ChoiceButtons = <Value extends string>({
  label, values, chosen, labelOf, onChoose, className = '', buttonClassName,
}: Props<Value>) => (
  <div role="group" aria-label={label} className={`d-flex ${className}`} style={{ gap: '.25rem' }}>
    {values.map((each) => (
      <Button
        key={each}
        size="sm"
        className={buttonClassName}
        variant={each === chosen ? 'primary' : 'outline-primary'}
        aria-pressed={each === chosen}
        onClick={() => onChoose(each)}
      >
        {labelOf(each)}
      </Button>
    ))}
  </div>
  );
