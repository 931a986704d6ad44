import { Search } from "lucide-react";
import { type Ref, useEffect, useState } from "react";
import type { CasesSearch } from "../../app/router";
import { m, say } from "../../i18n";
import { useRead } from "../../ipc";
import { Button, CheckBox, ComboBox, Select, TextField } from "../../kit";
import { DUTIES, dutyWords } from "./duty";
import { useCatalogueWords } from "./useCatalogueWords";
import style from "./Cases.module.css";

const TYPING_MS = 200;
const ALL = "all";

type FiltersProps = { search: CasesSearch; onChange: (part: CasesSearch) => void; fieldRef: Ref<HTMLInputElement> };

export function Filters({ search, onChange, fieldRef }: FiltersProps) {
  const { catalogue } = useCatalogueWords();
  const compounds = useRead("compound.list", { text: "" });
  const states = Object.entries(catalogue?.states ?? {}).map(([value, label]) => ({ value, label: say(label) }));
  const categories = (catalogue?.categories ?? []).map((c) => ({ value: c.code, label: say(c.label) }));
  const buckets = [
    { value: "overdue", label: m.today_overdue() },
    { value: "today", label: m.today_due() },
    { value: "week", label: m.today_week() },
    { value: "later", label: m.cases_later() },
    { value: "waiting", label: m.today_waiting() },
  ];
  const duties = DUTIES.map((value) => ({ value, label: dutyWords(value) }));
  const filtered = Object.values(search).some((v) => v !== undefined);
  return (
    <search className={style.filters}>
      <SearchText text={search.text ?? ""} onChange={(text) => onChange({ text: text === "" ? undefined : text })} fieldRef={fieldRef} />
      <Pick label={m.cases_status()} options={states} value={search.status} onChange={(status) => onChange({ status })} />
      <Pick label={m.cases_duty()} options={duties} value={search.duty} onChange={(duty) => onChange({ duty })} />
      <Pick label={m.cases_category()} options={categories} value={search.category} onChange={(category) => onChange({ category })} />
      <Pick label={m.cases_due()} options={buckets} value={search.bucket} onChange={(bucket) => onChange({ bucket })} />
      <ComboBox
        label={m.cases_compound()}
        hideLabel
        className={style.pick}
        placeholder={m.cases_compound()}
        options={(compounds.data?.rows ?? []).map((c) => ({ value: c.id, label: c.name, search: c.initials }))}
        value={search.compound ?? null}
        onChange={(compound) => onChange({ compound: compound ?? undefined })}
      />
      <CheckBox isSelected={search.mine ?? false} onChange={(mine) => onChange({ mine: mine || undefined })}>
        {m.cases_mine()}
      </CheckBox>
      {filtered && (
        <Button tone="quiet" onPress={() => onChange({ text: undefined, status: undefined, category: undefined, bucket: undefined, compound: undefined, mine: undefined, duty: undefined })}>
          {m.cases_clear()}
        </Button>
      )}
    </search>
  );
}

type PickProps = { label: string; options: Array<{ value: string; label: string }>; value: string | undefined; onChange: (value: string | undefined) => void };

function Pick({ label, options, value, onChange }: PickProps) {
  return (
    <Select
      label={label}
      hideLabel
      className={style.pick}
      options={[{ value: ALL, label: m.cases_any({ what: label }) }, ...options]}
      value={value ?? ALL}
      onChange={(next) => onChange(next === ALL ? undefined : next)}
    />
  );
}

/** The address follows the typing after a moment; a change of the address (back, clear) is shown at once. */
function SearchText({ text, onChange, fieldRef }: { text: string; onChange: (text: string) => void; fieldRef: Ref<HTMLInputElement> }) {
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  if (seen !== text) {
    setSeen(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onChange(typed), TYPING_MS);
    return () => clearTimeout(timer);
    // Only typing starts the wait.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [typed]);
  return <TextField label={m.cases_search()} hideLabel className={style.text} type="search" placeholder={m.cases_search()} value={typed} onChange={setTyped} before={<Search aria-hidden="true" />} inputRef={fieldRef} id="cases-search" />;
}
