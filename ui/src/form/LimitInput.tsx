/** A time limit as an officer sets one: how many, and of what. */
import { m } from "../i18n";
import type { DeadlineChoice } from "../ipc";
import { NumberField, Select } from "../kit";
import css from "./Form.module.css";
import { Marked } from "./Marked";

/** The ways of counting an officer may choose from, each with the unit it counts in. */
const WAYS = [
  { rule: "WORK", unit: "workday" },
  { rule: "CAL_ROLL", unit: "day" },
  { rule: "WORK_HOURS", unit: "work_hour" },
  { rule: "HOURS", unit: "hour" },
] as const;

function wayWords(unit: string): string {
  switch (unit) {
    case "workday":
      return m.form_unit_workday();
    case "work_hour":
      return m.form_unit_work_hour();
    case "hour":
      return m.form_unit_hour();
    default:
      return m.form_unit_day();
  }
}

/** What was typed; `limitOf` says what it means. */
export type Limit = { n: string; unit: string };

/** Null while it is not a limit. */
export function limitOf({ n, unit }: Limit): DeadlineChoice | null {
  const way = WAYS.find((w) => w.unit === unit);
  return way && /^[1-9]\d{0,3}$/.test(n) ? { rule: way.rule, n: Number(n), unit: way.unit } : null;
}

export function LimitInput({ value, onChange }: { value: Limit; onChange: (value: Limit) => void }) {
  const unit = WAYS.find((w) => w.unit === value.unit)?.unit ?? "workday";
  return (
    <div className={css.limit}>
      <Marked name="limit-n">
        <NumberField
          label={m.form_limit_n()}
          value={value.n}
          onChange={(n) => onChange({ n, unit })}
          scale={0}
          error={value.n === "" || limitOf({ ...value, unit }) ? null : m.form_problem_out_of_range({ min: "1", max: "9999" })}
        />
      </Marked>
      <Select label={m.form_limit_unit()} value={unit} onChange={(to) => onChange({ n: value.n, unit: to })} options={WAYS.map((w) => ({ value: w.unit, label: wayWords(w.unit) }))} />
    </div>
  );
}
