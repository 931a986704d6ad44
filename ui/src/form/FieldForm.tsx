/**
 * The fields of a case type. Which of them apply, what is wrong with them and what is computed from
 * them comes from `domain` with the answer to each save; nothing of that is worked out here.
 */
import { useRef, useState } from "react";
import { m } from "../i18n";
import type { Field, FieldProblem, FieldValue } from "../ipc/api.gen";
import { Button } from "../kit/Button";
import { FieldInput } from "./FieldInput";
import css from "./Form.module.css";
import { Marked } from "./Marked";
import { problemAt, shown, split, type Values, withValue } from "./value";

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
  const [all, setAll] = useState(false);
  // What stands open is settled when the form appears: a field does not jump up while it is being filled.
  const first = useRef(values);
  const { open, more } = split(shown(fields, visible), first.current, tried ? problems : []);
  const drawn = all ? shown(fields, visible) : open;
  return (
    <div className={css.form}>
      {drawn.map((field) => (
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
      {more.length > 0 && (
        <div className={css.wide}>
          <Marked name="fields-more">
            <Button tone="quiet" aria-expanded={all} onPress={() => setAll(!all)}>
              {all ? m.form_fewer() : m.form_more({ count: more.length })}
            </Button>
          </Marked>
        </div>
      )}
    </div>
  );
}
