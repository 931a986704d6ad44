import { Check } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { FieldFoot, FieldLabel, type FieldProps } from "./Field";
import { isIme } from "./ime";
import style from "./Choice.module.css";

export type TileOption = { value: string; label: string; hint?: string; icon?: ReactNode; isDisabled?: boolean };

export type TilesProps = FieldProps & {
  options: readonly TileOption[];
  value: string | null;
  onChange: (value: string) => void;
  /** Digit keys 1–9 choose while the focus is inside; on unless said otherwise. */
  digits?: boolean;
  hideLabel?: boolean;
  isDisabled?: boolean;
  id?: string;
};

/** One of a few, as large targets. */
export function Tiles({ label, hint, error, required, options, value, onChange, digits = true, hideLabel, id, ...rest }: TilesProps) {
  const byDigit = (event: KeyboardEvent) => {
    if (!digits || isIme(event) || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/u.test(event.key)) return;
    const option = options[Number(event.key) - 1];
    if (!option || option.isDisabled) return;
    event.preventDefault();
    onChange(option.value);
  };
  return (
    <div onKeyDown={byDigit} data-digits={digits || undefined} role="presentation">
      <RadioGroup {...rest} id={id} value={value} onChange={onChange} isRequired={required ?? false} isInvalid={Boolean(error)} validationBehavior="aria" aria-label={hideLabel ? label : undefined} className={style.group}>
        {!hideLabel && <FieldLabel label={label} required={required} />}
        <div className={style.tiles}>
          {options.map((option, i) => (
            <Radio key={option.value} value={option.value} id={id && `${id}-${option.value}`} isDisabled={option.isDisabled ?? false} className={style.tile}>
              {digits && i < 9 && (
                <span className={style.digit} aria-hidden="true">
                  {i + 1}
                </span>
              )}
              {option.icon}
              <span className={style.words}>
                {option.label}
                {option.hint && <span className={style.tileHint}>{option.hint}</span>}
              </span>
              <Check aria-hidden="true" className={style.mark} />
            </Radio>
          ))}
        </div>
        <FieldFoot hint={hint} error={error} />
      </RadioGroup>
    </div>
  );
}
