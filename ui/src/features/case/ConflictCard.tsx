/** Two people set the same field without knowing of each other: both stand side by side until somebody decides. */
import { Split } from "lucide-react";
import { useState } from "react";
import { FieldInput } from "../../form/FieldInput";
import { m, say } from "../../i18n";
import { type ApiError, asApiError, type ConflictView, type Field, type FieldValue, useWrite } from "../../ipc";
import { Button, Chip, ErrorNote, TextField } from "../../kit";
import { Marked } from "../../form/Marked";
import css from "./Case.module.css";
import { TimeWords } from "./TimeWords";
import { deviceWords, whyWords } from "./words";

type Props = { caseId: string; conflict: ConflictView; field: Field; /** Whether another value than those standing can be typed here. */ typed: boolean };

const LETTERS = ["A", "B", "C", "D", "E", "F"];

const same = (a: FieldValue | null, b: FieldValue) => JSON.stringify(a) === JSON.stringify(b);

export function ConflictCard({ caseId, conflict, field, typed }: Props) {
  const resolve = useWrite("case.resolve");
  const [reason, setReason] = useState("");
  const [other, setOther] = useState<FieldValue>();
  const [writing, setWriting] = useState(false);
  const [error, setError] = useState<ApiError>();
  const settle = async (value: FieldValue) => {
    setError(undefined);
    try {
      await resolve.mutateAsync({ id: caseId, field: conflict.field, value, reason: reason.trim() });
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  const inForce = conflict.versions.find((v) => same(conflict.effective, v.value));
  return (
    <section className={css.conflict} aria-label={m.case_conflict_at({ field: say(conflict.label) })} data-testid="case-conflict">
      <h2>
        <Split aria-hidden="true" size={20} />
        {m.case_conflict_at({ field: say(conflict.label) })}
      </h2>
      <p className={css.quiet}>{m.case_conflict_kept()}</p>
      <div className={css.versions}>
        {conflict.versions.map((version, i) => {
          const letter = LETTERS[i] ?? String(i + 1);
          return (
            <div key={version.event} className={css.version} data-testid={`conflict-${letter}`}>
              <p className={css.letter}>
                <b>{letter}</b> {version.mine ? m.case_mine({ name: version.author }) : version.author}
                {same(conflict.effective, version.value) && <Chip tone="primary">{m.case_in_force()}</Chip>}
              </p>
              <p className={css.value}>{say(version.text)}</p>
              <p className={css.quiet}>{m.case_on_device({ device: deviceWords(version.device) })}</p>
              <TimeWords time={version.time} />
              <Marked name={`conflict-take-${letter}`}>
                <Button onPress={() => void settle(version.value)} isDisabled={resolve.isPending}>
                  {m.case_take({ letter })}
                </Button>
              </Marked>
            </div>
          );
        })}
      </div>
      <p>
        {inForce ? m.case_for_now({ value: say(inForce.text) }) : m.case_for_now_both()} {whyWords(conflict.effective_why)}
      </p>
      {writing && (
        <div className={css.other}>
          <FieldInput field={field} value={other} onChange={setOther} />
          <Button isDisabled={other === undefined || resolve.isPending} onPress={() => other !== undefined && void settle(other)}>
            {m.case_take_other()}
          </Button>
        </div>
      )}
      <div className={css.reasonRow}>
        <Marked name="conflict-reason">
          <TextField label={m.case_resolve_reason()} value={reason} onChange={setReason} />
        </Marked>
        {typed && !writing && <Button onPress={() => setWriting(true)}>{m.case_write_other()}</Button>}
      </div>
      {error && <ErrorNote error={error} />}
    </section>
  );
}
