/** One field of a case type, drawn by its kind. What it may hold is the catalogue's word, whether it holds it is `domain`'s. */
import { useId } from "react";
import { m, say } from "../i18n";
import type { Field, FieldProblem, FieldValue } from "../ipc/api.gen";
import { CheckBox, CheckGroup, RadioRow } from "../kit/Check";
import { ComboBox } from "../kit/ComboBox";
import { NumberField } from "../kit/NumberField";
import { TextArea, TextField } from "../kit/TextField";
import { Tiles } from "../kit/Tiles";
import { DateInput } from "./DateInput";
import css from "./Form.module.css";
import { problemWords } from "./problem";
import { chosen, fromTyped, TILES_MAX, toTyped } from "./value";

export type FieldInputProps = {
  field: Field;
  value: FieldValue | undefined;
  problem?: FieldProblem | undefined;
  /** Already formatted by `domain`, for computed fields. */
  computed?: string | undefined;
  onChange: (value: FieldValue | undefined) => void;
};

export function FieldInput({ field, value, problem, computed, onChange }: FieldInputProps) {
  const common = {
    label: say(field.label),
    required: field.required,
    error: problem ? problemWords(problem) : null,
    hint: field.required_to_file && !field.required ? m.form_to_file() : undefined,
  };
  const options = field.choices.map((c) => ({ value: c.value, label: say(c.label) }));
  const typed = toTyped(value);
  const type = (text: string) => onChange(fromTyped(field, text));

  switch (field.kind) {
    case "text":
      return <TextField {...common} value={typed} onChange={type} unit={field.unit} />;
    case "long_text":
      return <TextArea {...common} value={typed} onChange={type} />;
    case "whole":
      return <NumberField {...common} value={typed} onChange={type} unit={field.unit} scale={0} />;
    case "decimal":
      return <NumberField {...common} value={typed} onChange={type} unit={field.unit} scale={field.scale} />;
    case "one_of":
      return options.length <= TILES_MAX ? (
        <Tiles {...common} options={options} value={typed || null} onChange={onChange} digits={false} />
      ) : (
        <ComboBox {...common} options={options} value={typed || null} onChange={(v) => onChange(v ?? undefined)} placeholder={m.form_choose()} />
      );
    case "many_of":
      return <CheckGroup {...common} options={options} value={chosen(value)} onChange={(v) => onChange(v.length > 0 ? v : undefined)} />;
    case "yes_no_unknown":
      return (
        <RadioRow
          {...common}
          options={[
            { value: "yes", label: m.form_yes() },
            { value: "no", label: m.form_no() },
            { value: "unknown", label: m.form_unknown() },
          ]}
          value={typed || null}
          onChange={onChange}
        />
      );
    case "flag":
      return (
        <CheckBox isSelected={value === true} onChange={(on) => onChange(on ? true : undefined)}>
          {common.label}
        </CheckBox>
      );
    case "date":
      return <DateInput {...common} value={typed} onChange={(v) => onChange(v === "" ? undefined : v)} />;
    case "computed":
      return <Computed field={field} value={computed} />;
  }
}

/** A number with its unit, or what a test of it says. */
function Computed({ field, value }: { field: Field; value: string | undefined }) {
  const id = useId();
  const answer = field.choices.find((c) => c.value === value);
  const words = answer ? say(answer.label) : `${value ?? ""}${field.unit ? ` ${field.unit}` : ""}`;
  return (
    <div className={css.computed}>
      <span id={id} className={css.label}>
        {say(field.label)}
      </span>
      <output aria-labelledby={id}>{value === undefined ? <small>{m.form_computed_none()}</small> : words}</output>
    </div>
  );
}
