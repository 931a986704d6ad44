/** A document of a step: one that was issued in this case, or the number and day of one made elsewhere. */
import { DateInput } from "../../form/DateInput";
import { Marked } from "../../form/Marked";
import { m, say } from "../../i18n";
import { type DocumentView, useRead } from "../../ipc";
import { Select, TextField } from "../../kit";
import css from "./Proceeding.module.css";
import { useEffect } from "react";

type Props = { caseId: string; /** `F21|F22` is either. */ any: string; day: string; value: DocumentView | undefined; onChange: (document: DocumentView) => void };

const ELSEWHERE = "-";

export function DocumentInput({ caseId, any, day, value, onChange }: Props) {
  const templates = any.split("|");
  const known = useRead("paper.templates", { case_id: caseId, round: "" }).data ?? [];
  const issued = useRead("paper.list", { case_id: caseId, round: null, duty: null, offset: 0, limit: 200 }).data?.rows ?? [];
  const name = (code: string) => {
    const found = known.find((t) => t.code === code);
    return found ? `${say(found.label)} ${code}` : code;
  };
  const first = templates[0] ?? "";
  const now = value ?? { template: first, number: "", date: day, paper: "" };
  const fitting = issued.filter((p) => p.template === now.template && (p.status === "issued" || p.status === "served" || p.status === "checked"));
  useEffect(() => {
    if (!value) onChange({ template: first, number: "", date: day, paper: "" });
  });
  const take = (paper: string) => {
    const row = fitting.find((p) => p.id === paper);
    onChange(row ? { ...now, paper, number: row.number, date: row.date } : { ...now, paper: "" });
  };
  return (
    <fieldset className={css.papers}>
      <legend>{m.proceeding_document({ name: name(now.template) })}</legend>
      {templates.length > 1 && <Select label={m.proceeding_document_kind()} options={templates.map((t) => ({ value: t, label: name(t) }))} value={now.template} onChange={(template) => onChange({ ...now, template, paper: "" })} />}
      {fitting.length > 0 && (
        <Select
          label={m.proceeding_document_paper()}
          options={[...fitting.map((p) => ({ value: p.id, label: p.number || say(p.label) })), { value: ELSEWHERE, label: m.proceeding_document_paper_none() }]}
          value={now.paper || ELSEWHERE}
          onChange={take}
        />
      )}
      {now.paper === "" && (
        <div className={css.pair}>
          <Marked name={`document-${any}`}>
            <TextField label={m.proceeding_document_number()} maxLength={60} value={now.number} onChange={(number) => onChange({ ...now, number })} />
          </Marked>
          <DateInput label={m.proceeding_document_date()} required value={now.date} onChange={(date) => onChange({ ...now, date })} />
        </div>
      )}
    </fieldset>
  );
}
