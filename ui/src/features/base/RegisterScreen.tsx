import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "../../app/Page";
import { keepsRegister } from "../../app/rail";
import { useReadyState } from "../../app/session";
import { m } from "../../i18n";
import { type RegisterView, useRead, useWrite } from "../../ipc";
import { Button, ComboBox, ErrorNote, Select, Skeleton, TextArea, TextField, toast } from "../../kit";
import { fromLines, toLines } from "./doorwayLines";
import { problemOf } from "./problem";
import { CATEGORY_WORDS, PRIORITY_WORDS } from "./registerWords";
import style from "./Base.module.css";

const EMPTY: RegisterView = { id: "", name: "", initials: "", address: "", committee: "", lanes: [], doorways: [], renamed: [], company: "", company_name: "", manager: "", inspectors: [], grids: [], category: "", priority: "", may_edit: true };

/** The register entry of a compound, for whoever keeps the register; `new` begins an empty one. */
export function RegisterScreen() {
  const { id } = useParams({ from: "/compounds/$id/register" });
  const isNew = id === "new";
  const { data, error, refetch } = useRead("compound.register", { id }, { enabled: !isNew });
  const may = keepsRegister(useReadyState().user?.roles ?? []);
  const entry = isNew ? EMPTY : data;
  return (
    <Page title={entry && entry.name !== "" ? `${m.base_register()} · ${entry.name}` : isNew ? m.base_register_new() : m.base_register()}>
      {!entry && (error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />)}
      {entry && !may && <ErrorNote error={{ code: "not_allowed", params: {}, retry: false, field: null }} />}
      {entry && may && <Form key={id} entry={entry} isNew={isNew} />}
    </Page>
  );
}

const lines = (text: string) => text.split("\n").map((one) => one.trim()).filter(Boolean);
const words = (of: Record<string, () => string>) => Object.entries(of).map(([value, label]) => ({ value, label: label() }));

function Form({ entry, isNew }: { entry: RegisterView; isNew: boolean }) {
  const navigate = useNavigate();
  const companies = useRead("company.list", { text: "" });
  const [form, setForm] = useState(entry);
  const [manager, setManager] = useState("");
  const [lanes, setLanes] = useState(entry.lanes.join("\n"));
  const [grids, setGrids] = useState(entry.grids.join("\n"));
  const [former, setFormer] = useState(entry.renamed.map((one) => one.from).join("\n"));
  const [doors, setDoors] = useState(toLines(entry.doorways));
  const [badLine, setBadLine] = useState<number | null>(null);
  const save = useWrite("compound.define");
  const set = (part: Partial<RegisterView>) => setForm((now) => ({ ...now, ...part }));
  const submit = () => {
    const doorways = fromLines(doors, entry.doorways);
    setBadLine(typeof doorways === "number" ? doorways : null);
    if (typeof doorways === "number") return;
    const { name, initials, address, committee, company, category, priority } = form;
    const renamed = lines(former).map((from) => entry.renamed.find((one) => one.from === from) ?? { from, to: name });
    save.mutate(
      { id: isNew ? null : entry.id, name, initials, address, committee, company, category, priority, lanes: lines(lanes), grids: lines(grids), renamed, doorways, manager: !isNew && manager === "" ? null : manager, inspectors: entry.inspectors.map((p) => p.id) },
      {
        onSuccess: (saved) => {
          toast(m.base_saved({ name: saved.name }), { tone: "done" });
          void navigate({ to: "/compounds/$id", params: { id: saved.id }, search: {} });
        },
      },
    );
  };
  const error = save.error;
  return (
    <div className={style.form} data-testid="register-form">
      {error && <ErrorNote error={error} />}
      <div className={style.pair}>
        <TextField id="register-name" label={m.base_name()} required value={form.name} onChange={(name) => set({ name })} error={problemOf(error, "name")} />
        <TextField id="register-initials" label={m.base_initials()} hint={m.base_initials_hint()} value={form.initials} onChange={(initials) => set({ initials })} error={problemOf(error, "initials")} />
      </div>
      <TextField label={m.base_address()} value={form.address} onChange={(address) => set({ address })} error={problemOf(error, "address")} />
      <TextField label={m.base_committee()} hint={m.base_committee_hint()} value={form.committee} onChange={(committee) => set({ committee })} error={problemOf(error, "committee")} />
      <div className={style.pair}>
        <ComboBox label={m.base_company()} options={(companies.data?.rows ?? []).map((c) => ({ value: c.id, label: c.name, search: c.credit_code }))} value={form.company === "" ? null : form.company} onChange={(company) => set({ company: company ?? "" })} />
        <TextField label={m.base_manager()} hint={isNew ? undefined : m.base_keeps()} placeholder={entry.manager} value={manager} onChange={setManager} error={problemOf(error, "manager")} />
      </div>
      <div className={style.pair}>
        <Select label={m.base_category()} options={words(CATEGORY_WORDS)} value={form.category || null} onChange={(category) => set({ category })} error={problemOf(error, "category")} />
        <Select label={m.base_priority()} options={words(PRIORITY_WORDS)} value={form.priority || null} onChange={(priority) => set({ priority })} error={problemOf(error, "priority")} />
      </div>
      <div className={style.pair}>
        <TextArea label={m.base_lanes()} hint={m.base_list_hint()} value={lanes} onChange={setLanes} />
        <TextArea label={m.base_grids()} hint={m.base_list_hint()} value={grids} onChange={setGrids} />
        <TextArea label={m.base_renamed()} hint={m.base_list_hint()} value={former} onChange={setFormer} />
      </div>
      <TextArea id="register-doorways" label={m.base_doorways()} hint={m.base_doorways_hint()} value={doors} onChange={setDoors} error={badLine === null ? problemOf(error, "doorways") : m.base_doorway_lines_bad({ line: badLine })} />
      <div className={style.acts}>
        <Button id="register-save" tone="primary" onPress={submit}>
          {m.base_save()}
        </Button>
        <Button onPress={() => void (isNew ? navigate({ to: "/compounds", search: {} }) : navigate({ to: "/compounds/$id", params: { id: entry.id }, search: {} }))}>{m.base_cancel()}</Button>
      </div>
    </div>
  );
}
