/** What one step asks for: its reason, its particulars, its time limit, what was measured, its photos. */
import { useState } from "react";
import { FieldInput } from "../../form/FieldInput";
import { type Limit, LimitInput, limitOf } from "../../form/LimitInput";
import { Marked } from "../../form/Marked";
import { m, say } from "../../i18n";
import type { ActionView, CaseActRequest, CaseView, Catalogue, Category, FieldValue, Reason } from "../../ipc";
import { Button, DeadlineText, LinkButton, TextArea, Toggle } from "../../kit";
import { slotWords } from "../../photo/words";
import { lacks, measuresOf, startOf } from "./act";
import { AddPhotos } from "./AddPhotos";
import css from "./Case.module.css";
import { ParamInput } from "./ParamInput";
import { useAdded } from "./useAdded";
import { actionWords } from "./words";

type Props = {
  action: ActionView;
  view: CaseView;
  catalogue: Catalogue;
  category: Category | undefined;
  busy: boolean;
  onSend: (request: CaseActRequest) => void;
  onClose: () => void;
};

export function ActForm({ action, view, catalogue, category, busy, onSend, onClose }: Props) {
  const [reason, setReason] = useState<Reason | null>(null);
  const [text, setText] = useState("");
  const [slot, setSlot] = useState<string | null>(null);
  const [params, setParams] = useState(() => startOf(action));
  const [limit, setLimit] = useState<Limit | null>(action.deadline === "new" || action.deadline === "later" ? { n: "", unit: "workday" } : null);
  const [fields, setFields] = useState<Record<string, FieldValue>>({});
  const added = useAdded();
  const slots = category?.slots ?? [];
  const measures = measuresOf(action, params, catalogue, category);
  const pick = (r: Reason) => {
    if (text === "" || (reason && text === say(reason.template))) setText(say(r.template));
    setReason(r);
  };
  const request: CaseActRequest = {
    id: view.card.id,
    action: action.action,
    reason_code: reason?.code ?? null,
    reason: text.trim(),
    slot,
    photos: added.refs(),
    params,
    deadline: limit ? limitOf(limit) : null,
    fields: Object.fromEntries(Object.entries(fields).filter(([key]) => measures.some((f) => f.key === key))),
  };
  const missing = lacks(action, request, view, measures, limit !== null);
  return (
    <div className={css.reasonForm} data-testid="case-act-form" data-action={action.action}>
      {action.needs_reason && (
        <>
          <div role="group" aria-label={m.case_reason()} className={css.reasons}>
            {catalogue.reasons
              .filter((r) => action.reasons.includes(r.code))
              .map((r) => (
                <Toggle key={r.code} on={reason?.code === r.code} onPress={() => pick(r)}>
                  {say(r.label)}
                </Toggle>
              ))}
          </div>
          {reason?.names_slot && action.may_name_slot && (
            <div role="group" aria-label={m.case_which_photo()} className={css.reasons}>
              <span>{m.case_which_photo()}</span>
              {slots.map((s) => (
                <Toggle key={s.key} on={slot === s.key} onPress={() => setSlot(s.key)}>
                  {slotWords(s.key, slots)}
                </Toggle>
              ))}
            </div>
          )}
        </>
      )}
      {action.params.map((param) => (
        <Marked key={param.name} name={`param-${param.name}`}>
          <ParamInput param={param} value={params[param.name] ?? ""} without={param.name === "assisting" ? params.lead : undefined} onChange={(value) => setParams({ ...params, [param.name]: value })} />
        </Marked>
      ))}
      {measures.map((field) => (
        <Marked key={field.key} name={`measure-${field.key}`}>
          <FieldInput
            field={{ ...field, required: field.required_to_finish }}
            value={fields[field.key]}
            onChange={(value) => setFields((all) => withField(all, field.key, value))}
          />
        </Marked>
      ))}
      <LimitPart action={action} view={view} limit={limit} onChange={setLimit} />
      {action.photo_slot !== null && (
        <>
          <AddPhotos added={added} slots={slots} slot={action.photo_slot} before={view.photos} />
          {action.new_photos > 0 && <p className={css.quiet}>{m.case_needs_photos({ count: action.new_photos })}</p>}
        </>
      )}
      {(action.needs_reason || action.action === "pass" || action.action === "report_done") && (
        <Marked name="act-words">
          <TextArea label={m.case_reason_text()} value={text} onChange={setText} />
        </Marked>
      )}
      <div className={css.row}>
        <Marked name="act-send">
          <Button tone="primary" isDisabled={missing !== null || added.coming || busy} onPress={() => onSend(request)}>
            {actionWords(action.action)}
          </Button>
        </Marked>
        <Button onPress={onClose}>{m.kit_cancel()}</Button>
        {missing !== null && <span className={css.quiet}>{missing}</span>}
      </div>
    </div>
  );
}

type LimitProps = { action: ActionView; view: CaseView; limit: Limit | null; onChange: (limit: Limit | null) => void };

function LimitPart({ action, view, limit, onChange }: LimitProps) {
  if (action.deadline === null) return null;
  if (action.deadline === "moved") return <p className={css.quiet}>{m.case_limit_moved()}</p>;
  const due = view.deadline;
  return (
    <div className={css.limit} role="group" aria-label={m.case_deadline()}>
      {due && (
        <p className={css.row}>
          <span>{action.deadline === "later" ? m.case_limit_from_old() : action.deadline === "again" ? m.case_limit_again() : m.case_limit_kept()}</span>
          {action.deadline === "again" ? <strong>{say(due.label)}</strong> : <DeadlineText due_date={due.due_date} workdays_left={due.workdays_left} bucket={due.bucket} provisional={due.provisional} />}
        </p>
      )}
      {limit ? <LimitInput value={limit} onChange={onChange} /> : <LinkButton onPress={() => onChange({ n: String(due?.n ?? 7), unit: due?.unit ?? "day" })}>{m.case_limit_other()}</LinkButton>}
      {limit && (action.deadline === "keep" || action.deadline === "again") && due && <LinkButton onPress={() => onChange(null)}>{m.case_limit_keep()}</LinkButton>}
    </div>
  );
}

/** The measures with this one set, or emptied. */
function withField(all: Record<string, FieldValue>, key: string, value: FieldValue | undefined): Record<string, FieldValue> {
  const others = Object.entries(all).filter(([k]) => k !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}
