/** One step: it asks for what the step needs and for nothing else. */
import { useState } from "react";
import { useReadyState } from "../../app/session";
import { DateInput } from "../../form/DateInput";
import { Marked } from "../../form/Marked";
import { m, say, sayFirst } from "../../i18n";
import { isoDate } from "../../i18n/format";
import { type ApiError, asApiError, type NextStep, type ProceedingView, type StepParam, useWrite } from "../../ipc";
import { Button, Card, CheckGroup, SectionHeading, Select, TextArea, TextField, toast } from "../../kit";
import { DocumentInput } from "./DocumentInput";
import { documentsNeeded, isComplete, onDay, requestOf, type StepDraft } from "./needs";
import css from "./Proceeding.module.css";
import { Refusal } from "./Refusal";
import { choiceWords, paramWords } from "./words";

type Props = { view: ProceedingView; step: NextStep; onClose: () => void };

export function StepForm({ view, step, onClose }: Props) {
  const me = useReadyState().user?.id;
  const certified = view.officers.filter((o) => o.certificate !== null);
  const [draft, setDraft] = useState<StepDraft>(() => ({ date: isoDate(Date.now()), officers: step.officers ? certified.filter((o) => o.user === me).map((o) => o.user) : [], params: {}, documents: {} }));
  const [error, setError] = useState<ApiError>();
  const write = useWrite("proceeding.step");
  const change = (over: Partial<StepDraft>) => setDraft((now) => ({ ...now, ...over }));
  const send = async () => {
    setError(undefined);
    try {
      await write.mutateAsync(requestOf(view.card.id, step, draft));
      toast(m.proceeding_recorded({ step: say(step.label) }), { tone: "done" });
      onClose();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <Card label={sayFirst(step.label)}>
      <SectionHeading note={m.proceeding_article({ article: step.article })}>{sayFirst(step.label)}</SectionHeading>
      <div className={css.form} data-testid="step-form">
        <Marked name="step-date">
          <DateInput label={m.proceeding_date()} required value={draft.date} onChange={(date) => setDraft((now) => onDay(now, date))} />
        </Marked>
        {step.officers && <Officers certified={certified} value={draft.officers} onChange={(officers) => change({ officers })} />}
        {step.params.map((param) => (
          <Marked key={param.name} name={`param-${param.name}`}>
            <ParamField param={param} value={draft.params[param.name] ?? ""} onChange={(value) => change({ params: { ...draft.params, [param.name]: value } })} />
          </Marked>
        ))}
        {documentsNeeded(step, draft.params).map((any) => (
          <DocumentInput key={any} caseId={view.card.case_id} any={any} day={draft.date} value={draft.documents[any]} onChange={(document) => setDraft((now) => ({ ...now, documents: { ...now.documents, [any]: document } }))} />
        ))}
        {error && <Refusal error={error} />}
        <div className={css.row}>
          <Marked name="step-send">
            <Button tone="primary" isDisabled={!isComplete(step, draft) || write.isPending} onPress={() => void send()}>
              {m.proceeding_record()}
            </Button>
          </Marked>
          <Button onPress={onClose}>{m.kit_cancel()}</Button>
        </div>
      </div>
    </Card>
  );
}

function Officers({ certified, value, onChange }: { certified: ProceedingView["officers"]; value: string[]; onChange: (value: string[]) => void }) {
  if (certified.length === 0) return <p className={css.why}>{m.proceeding_officers_none()}</p>;
  const options = certified.map((o) => ({ value: o.user, label: m.proceeding_officer({ name: o.name, certificate: o.certificate ?? "" }) }));
  return <CheckGroup label={m.proceeding_officers()} hint={m.proceeding_officers_hint()} required options={options} value={value} onChange={onChange} />;
}

const UNITS: Record<string, () => string> = { demolished_m2: m.proceeding_m2 };

function ParamField({ param, value, onChange }: { param: StepParam; value: string; onChange: (value: string) => void }) {
  const shared = { label: paramWords(param.name), required: param.required, value, onChange };
  switch (param.form) {
    case "date":
      return <DateInput {...shared} />;
    case "choice":
      return <Select {...shared} value={value || null} options={param.choices.map((c) => ({ value: c, label: choiceWords(c) }))} />;
    case "money":
      return <TextField {...shared} inputMode="decimal" unit={m.proceeding_yuan()} />;
    case "time":
      return <TextField {...shared} hint={m.proceeding_time_hint()} maxLength={5} />;
    default:
      return UNITS[param.name] ? <TextField {...shared} inputMode="decimal" unit={UNITS[param.name]?.()} /> : <TextArea {...shared} maxLength={500} />;
  }
}
