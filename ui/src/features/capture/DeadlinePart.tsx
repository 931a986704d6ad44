/** 5 期限: proposed by the type's rule, explained, and changed only on purpose. */
import { useState } from "react";
import { m, say } from "../../i18n";
import { dayText, weekdayText } from "../../i18n/format";
import type { DeadlineChoice, DeadlineView } from "../../ipc";
import { type Limit, LimitInput, limitOf } from "../../form/LimitInput";
import { Button, DeadlineExplain, LinkButton, SectionHeading } from "../../kit";
import css from "./Capture.module.css";

type Props = { deadline: DeadlineView | null; choice: DeadlineChoice | null; onChange: (choice: DeadlineChoice | null) => void };

export function DeadlinePart({ deadline, choice, onChange }: Props) {
  const [editing, setEditing] = useState(false);
  const [limit, setLimit] = useState<Limit>({ n: "", unit: "workday" });
  const begin = () => {
    setLimit({ n: String(choice?.n ?? deadline?.n ?? 3), unit: choice?.unit ?? deadline?.unit ?? "workday" });
    setEditing(true);
  };
  const chosen = limitOf(limit);
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
          <LimitInput value={limit} onChange={setLimit} />
          <div className={css.answers}>
            <Button
              isDisabled={chosen === null}
              onPress={() => {
                onChange(chosen);
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
