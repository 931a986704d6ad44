/** 5 期限: proposed by the type's rule, explained, and changed only on purpose. */
import { useState } from "react";
import { m, say } from "../../i18n";
import { dayText, weekdayText } from "../../i18n/format";
import type { DeadlineChoice, DeadlineView } from "../../ipc";
import { Button, DeadlineExplain, LinkButton, NumberField, SectionHeading, Select } from "../../kit";
import css from "./Capture.module.css";

type Props = { deadline: DeadlineView | null; choice: DeadlineChoice | null; onChange: (choice: DeadlineChoice | null) => void };

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
      return m.capture_unit_workday();
    case "work_hour":
      return m.capture_unit_work_hour();
    case "hour":
      return m.capture_unit_hour();
    default:
      return m.capture_unit_day();
  }
}

export function DeadlinePart({ deadline, choice, onChange }: Props) {
  const [editing, setEditing] = useState(false);
  const [n, setN] = useState("");
  const [unit, setUnit] = useState("workday");
  const begin = () => {
    setN(String(choice?.n ?? deadline?.n ?? 3));
    setUnit(choice?.unit ?? deadline?.unit ?? "workday");
    setEditing(true);
  };
  const way = WAYS.find((w) => w.unit === unit) ?? WAYS[0];
  const whole = /^[1-9]\d{0,3}$/.test(n);
  return (
    <section className={css.part} aria-label={m.capture_deadline()} data-testid="capture-deadline">
      <SectionHeading>{m.capture_deadline()}</SectionHeading>
      <p className={css.line}>
        {deadline === null ? (
          <span className={css.quiet}>{m.capture_deadline_none()}</span>
        ) : (
          <>
            <strong>{m.capture_deadline_line({ what: say(deadline.label), date: dayText(deadline.due_date), weekday: weekdayText(deadline.due_date) })}</strong>
            <span className={css.quiet}>{choice === null ? m.capture_deadline_auto() : m.capture_deadline_own()}</span>
            <DeadlineExplain deadline={deadline} />
          </>
        )}
        {!editing && deadline !== null && <LinkButton onPress={begin}>{m.capture_deadline_change()}</LinkButton>}
        {choice !== null && <LinkButton onPress={() => onChange(null)}>{m.capture_deadline_reset()}</LinkButton>}
      </p>
      {editing && (
        <div className={css.change}>
          <NumberField label={m.capture_deadline_n()} value={n} onChange={setN} scale={0} error={whole ? null : m.form_problem_out_of_range({ min: "1", max: "9999" })} />
          <Select label={m.capture_deadline_unit()} value={way.unit} onChange={setUnit} options={WAYS.map((w) => ({ value: w.unit, label: wayWords(w.unit) }))} />
          <div className={css.answers}>
            <Button
              isDisabled={!whole}
              onPress={() => {
                onChange({ rule: way.rule, n: Number(n), unit: way.unit });
                setEditing(false);
              }}
            >
              {m.capture_deadline_take()}
            </Button>
            <Button tone="quiet" onPress={() => setEditing(false)}>
              {m.kit_cancel()}
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}
