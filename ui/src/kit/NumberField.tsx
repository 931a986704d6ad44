import { m } from "../i18n";
import { TextField, type TextFieldProps } from "./TextField";
import { decimalProblem, plainDecimal } from "./decimal";

export type NumberFieldProps = Omit<TextFieldProps, "type" | "inputMode" | "value" | "onChange"> & {
  /** Decimal text: `12.5`. Empty while nothing is typed. */
  value: string;
  onChange: (value: string) => void;
  unit?: string | null;
  /** Digits after the point; 0 for whole numbers. */
  scale?: number;
};

/** A decimal as text. Full-width digits of an input method are made plain; what is not a number is said, not deleted. */
export function NumberField({ value, onChange, scale = 0, error, ...rest }: NumberFieldProps) {
  const problem = decimalProblem(value, scale);
  const own = problem === "not_a_number" ? m.kit_not_a_number() : problem === "too_fine" ? m.kit_too_fine({ scale }) : null;
  return <TextField {...rest} value={value} onChange={(typed) => onChange(plainDecimal(typed))} inputMode={scale === 0 ? "numeric" : "decimal"} error={error ?? own} autoComplete="off" />;
}
