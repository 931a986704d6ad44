/** One field of a paper's form. */
import { DateInput } from "../../form/DateInput";
import { m, say, sayFirst } from "../../i18n";
import type { FormField, SheetValue } from "../../ipc";
import { Button, Select, TextArea, TextField } from "../../kit";
import css from "./Paper.module.css";

type Props = { field: FormField; value: SheetValue | undefined; error: string | null; onChange: (value: SheetValue) => void };

const isRow = (value: SheetValue | undefined): value is string[][] => Array.isArray(value) && value.every((row) => Array.isArray(row));

export function PaperInput({ field, value, error, onChange }: Props) {
  const label = sayFirst(field.label);
  const common = { label, required: field.required, error };
  const text = typeof value === "string" ? value : "";
  switch (field.kind) {
    case "date":
      return <DateInput {...common} value={text} onChange={onChange} />;
    case "choice":
      return <Select {...common} value={text || null} options={field.choices.map((c) => ({ value: c.value, label: say(c.label) }))} onChange={onChange} />;
    case "yes_no":
      return (
        <Select
          {...common}
          value={text || null}
          options={[
            { value: "yes", label: m.form_yes() },
            { value: "no", label: m.form_no() },
          ]}
          onChange={onChange}
        />
      );
    case "list":
      return <TextArea {...common} hint={m.paper_list_hint()} value={Array.isArray(value) ? value.join("\n") : ""} onChange={(t) => onChange(t === "" ? [] : t.split("\n"))} />;
    case "table": {
      const rows = isRow(value) ? value : [];
      const set = (at: number, column: number, word: string) => onChange(rows.map((row, r) => (r === at ? row.map((cell, c) => (c === column ? word : cell)) : row)));
      return (
        <fieldset className={css.table}>
          <legend>{label}</legend>
          {rows.map((row, at) => (
            <div key={at} className={css.tableRow}>
              {field.columns.map((column, c) => (
                <TextField key={column.key} label={sayFirst(column.label)} value={row[c] ?? ""} onChange={(word) => set(at, c, word)} />
              ))}
            </div>
          ))}
          <Button onPress={() => onChange([...rows, field.columns.map(() => "")])}>{m.paper_add_row()}</Button>
        </fieldset>
      );
    }
    case "long":
      return <TextArea {...common} value={text} onChange={onChange} />;
    default:
      return <TextField {...common} value={text} onChange={onChange} />;
  }
}
