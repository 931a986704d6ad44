/**
 * The fields of a case type. Which of them apply, what is wrong with them and what is computed from
 * them comes from `domain` with the answer to each save; nothing of that is worked out here.
 */
import type { Field, FieldProblem, FieldValue } from "../ipc/api.gen";
import { FieldInput } from "./FieldInput";
import css from "./Form.module.css";
import { Marked } from "./Marked";
import { problemAt, shown, type Values, withValue } from "./value";

export type FieldFormProps = {
  fields: readonly Field[];
  values: Values;
  visible: readonly string[];
  problems: readonly FieldProblem[];
  computed: Readonly<Record<string, string>>;
  /** Somebody tried to save: now what is missing is said too. */
  tried: boolean;
  onChange: (values: Record<string, FieldValue>) => void;
};

const WIDE = new Set<Field["kind"]>(["one_of", "many_of", "long_text"]);

export function FieldForm({ fields, values, visible, problems, computed, tried, onChange }: FieldFormProps) {
  return (
    <div className={css.form}>
      {shown(fields, visible).map((field) => (
        <div key={field.key} className={WIDE.has(field.kind) ? css.wide : undefined} data-field={field.key}>
          <Marked name={`field-${field.key}`}>
            <FieldInput
              field={field}
              value={values[field.key]}
              problem={problemAt(problems, field.key, tried)}
              computed={computed[field.key]}
              onChange={(value) => onChange(withValue(values, field.key, value))}
            />
          </Marked>
        </div>
      ))}
    </div>
  );
}
