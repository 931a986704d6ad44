import { useState } from "react";
import { m } from "../../i18n";
import { type CompanyView, type ManagerInput, useWrite } from "../../ipc";
import { Button, ErrorNote, Select, TextArea, TextField } from "../../kit";
import { problemOf } from "./problem";
import style from "./Base.module.css";

const GRADES = ["", "first", "second", "third", "provisional"] as const;
const GRADE_WORDS: Record<string, () => string> = { first: m.base_grade_first, second: m.base_grade_second, third: m.base_grade_third, provisional: m.base_grade_provisional };
const NO_GRADE = "none";

export function gradeWord(grade: string): string {
  return (GRADE_WORDS[grade] ?? m.base_grade_none)();
}

type Props = { company?: CompanyView; onSaved: (saved: CompanyView) => void; onCancel: () => void };

/** What is personal is not shown: a field left empty keeps what the register has. */
export function CompanyForm({ company, onSaved, onCancel }: Props) {
  const [name, setName] = useState(company?.card.name ?? "");
  const [code, setCode] = useState(company?.card.credit_code ?? "");
  const [representative, setRepresentative] = useState("");
  const [place, setPlace] = useState(company?.place ?? "");
  const [grade, setGrade] = useState(company?.grade ?? "");
  const [note, setNote] = useState(company?.note ?? "");
  const [managers, setManagers] = useState<ManagerInput[]>(() => (company?.managers ?? []).map((one, at) => ({ was: at, name: null, no: one.no, phone: null })));
  const save = useWrite("company.save");
  const kept = (text: string) => (company && text === "" ? null : text);
  const submit = () =>
    save.mutate({ id: company?.card.id ?? null, name, credit_code: code, representative: kept(representative), place, grade, managers, note }, { onSuccess: onSaved });
  const change = (at: number, part: Partial<ManagerInput>) => setManagers((all) => all.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <div className={style.form} data-testid="company-form">
      {save.error && <ErrorNote error={save.error} />}
      <TextField id="company-name" label={m.base_company_name()} required value={name} onChange={setName} error={problemOf(save.error, "name")} autoFocus />
      <TextField id="company-code" label={m.base_credit_code()} hint={m.base_credit_code_hint()} required value={code} onChange={setCode} error={problemOf(save.error, "credit_code")} />
      <div className={style.pair}>
        <TextField label={m.base_representative()} hint={company ? m.base_keeps() : undefined} placeholder={company?.representative ?? ""} value={representative} onChange={setRepresentative} error={problemOf(save.error, "representative")} />
        <Select label={m.base_grade()} options={GRADES.map((g) => ({ value: g || NO_GRADE, label: gradeWord(g) }))} value={grade || NO_GRADE} onChange={(g) => setGrade(g === NO_GRADE ? "" : g)} error={problemOf(save.error, "grade")} />
      </div>
      <TextField label={m.base_registered_place()} value={place} onChange={setPlace} error={problemOf(save.error, "place")} />
      {managers.map((one, at) => {
        const shown = one.was === null ? undefined : company?.managers[one.was];
        return (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={at} className={style.pair} role="group" aria-label={m.base_manager_n({ n: at + 1 })}>
            <TextField label={m.base_manager()} placeholder={shown?.name ?? ""} value={one.name ?? ""} onChange={(v) => change(at, { name: v === "" && shown ? null : v })} error={problemOf(save.error, "managers")} />
            <TextField label={m.base_manager_no()} value={one.no} onChange={(v) => change(at, { no: v })} />
            <TextField label={m.base_phone()} placeholder={shown?.phone ?? ""} value={one.phone ?? ""} onChange={(v) => change(at, { phone: v === "" && shown ? null : v })} />
          </div>
        );
      })}
      <div className={style.acts}>
        <Button onPress={() => setManagers((all) => [...all, { was: null, name: "", no: "", phone: "" }])}>{m.base_manager_add()}</Button>
      </div>
      <TextArea label={m.base_note()} value={note} onChange={setNote} error={problemOf(save.error, "note")} />
      <div className={style.acts}>
        <Button id="company-save" tone="primary" onPress={submit}>
          {m.base_save()}
        </Button>
        <Button onPress={onCancel}>{m.base_cancel()}</Button>
      </div>
    </div>
  );
}
