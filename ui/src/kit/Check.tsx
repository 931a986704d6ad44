import { Check as CheckSign, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox as AriaCheckbox, CheckboxGroup, Radio, RadioGroup } from "react-aria-components";
import { FieldFoot, FieldLabel, type FieldProps } from "./Field";
import style from "./Choice.module.css";

export type CheckBoxProps = { children: ReactNode; isSelected: boolean; onChange: (on: boolean) => void; isIndeterminate?: boolean; isDisabled?: boolean; id?: string };

export function CheckBox({ children, ...rest }: CheckBoxProps) {
  return (
    <AriaCheckbox {...rest} className={style.check}>
      <CheckFace isIndeterminate={rest.isIndeterminate ?? false} />
      <span>{children}</span>
    </AriaCheckbox>
  );
}

function CheckFace({ isIndeterminate }: { isIndeterminate: boolean }) {
  return (
    <span className={style.box} aria-hidden="true">
      {isIndeterminate ? <Minus strokeWidth={3} /> : <CheckSign strokeWidth={3} />}
    </span>
  );
}

type ChoiceOption = { value: string; label: string; isDisabled?: boolean };

export type CheckGroupProps = FieldProps & { options: readonly ChoiceOption[]; value: readonly string[]; onChange: (value: string[]) => void; isDisabled?: boolean };

/** Beyond this many they stand in columns. */
const GRID_FROM = 6;

/** Any of a few. */
export function CheckGroup({ label, hint, error, required, options, value, onChange, ...rest }: CheckGroupProps) {
  return (
    <CheckboxGroup {...rest} value={[...value]} onChange={onChange} isRequired={required ?? false} isInvalid={Boolean(error)} validationBehavior="aria" className={style.group}>
      <FieldLabel label={label} required={required} />
      <div className={options.length > GRID_FROM ? style.grid : style.row}>
        {options.map((option) => (
          <AriaCheckbox key={option.value} value={option.value} isDisabled={option.isDisabled ?? false} className={style.check}>
            <CheckFace isIndeterminate={false} />
            <span>{option.label}</span>
          </AriaCheckbox>
        ))}
      </div>
      <FieldFoot hint={hint} error={error} />
    </CheckboxGroup>
  );
}

export type RadioRowProps = FieldProps & { options: readonly ChoiceOption[]; value: string | null; onChange: (value: string) => void; hideLabel?: boolean; isDisabled?: boolean; id?: string };

/** One of a few, in a line: 是 / 否 / 不清楚. */
export function RadioRow({ label, hint, error, required, options, value, onChange, hideLabel, ...rest }: RadioRowProps) {
  return (
    <RadioGroup {...rest} value={value} onChange={onChange} orientation="horizontal" isRequired={required ?? false} isInvalid={Boolean(error)} validationBehavior="aria" aria-label={hideLabel ? label : undefined} className={style.group}>
      {!hideLabel && <FieldLabel label={label} required={required} />}
      <div className={style.row}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} isDisabled={option.isDisabled ?? false} className={style.check}>
            <span className={style.dot} aria-hidden="true" />
            <span>{option.label}</span>
          </Radio>
        ))}
      </div>
      <FieldFoot hint={hint} error={error} />
    </RadioGroup>
  );
}
