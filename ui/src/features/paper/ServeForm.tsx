/** 送达: the way first, because each asks for other facts. */
import { useState } from "react";
import { DateInput } from "../../form/DateInput";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import { type ApiError, asApiError, type PaperView, type Service, useWrite } from "../../ipc";
import { Button, Card, ErrorNote, SectionHeading, Select, TextArea, TextField, toast } from "../../kit";
import { AddPhotos } from "../case/AddPhotos";
import { useAdded } from "../case/useAdded";
import css from "./Paper.module.css";
import { modeWords, relationWords, serviceFieldWords } from "./words";

const EMPTY: Service = {
  mode: "",
  on: "",
  place: "",
  receiver: "",
  relation: "",
  refusal: "",
  witness: "",
  witness_place: "",
  tracking: "",
  electronic_address: "",
  consent: "",
  through: "",
  notice_medium: "",
  notice_reason: "",
  notice_limit: "",
  servers: [],
};
/** What is written, not chosen from people. */
type Fact = Exclude<keyof Service, "servers">;

const LONG = new Set<string>(["refusal", "notice_reason"]);

export function ServeForm({ view }: { view: PaperView }) {
  const write = useWrite("paper.serve");
  const added = useAdded();
  const names = view.officers.map((o) => o.name);
  const [service, setService] = useState<Service>(EMPTY);
  const [servers, setServers] = useState(() => Array.from({ length: view.servers }, (_, at) => names[at] ?? ""));
  const [error, setError] = useState<ApiError>();
  const set = (part: Partial<Service>) => setService({ ...service, ...part });
  const needs = view.modes.find((mode) => mode.name === service.mode)?.needs ?? [];
  const send = async () => {
    setError(undefined);
    const named = servers.map((name) => view.officers.find((o) => o.name === name) ?? { user: "", name, certificate: "" });
    try {
      await write.mutateAsync({ id: view.card.id, service: { ...service, servers: named }, photos: added.refs().map((p) => p.hash) });
      toast(m.paper_served(), { tone: "done" });
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <Card label={m.paper_serve()}>
      <SectionHeading>{m.paper_serve()}</SectionHeading>
      <div className={css.serve} data-testid="paper-serve">
        <Marked name="serve-mode">
          <Select label={m.paper_mode()} required value={service.mode || null} options={view.modes.map((mode) => ({ value: mode.name, label: modeWords(mode.name) }))} onChange={(mode) => set({ mode })} />
        </Marked>
        {service.mode !== "" && (
          <>
            <Marked name="serve-on">
              <DateInput label={m.paper_field_on()} required value={service.on} onChange={(on) => set({ on })} />
            </Marked>
            {service.mode !== "notice" && (
              <Marked name="serve-place">
                <TextField label={m.paper_field_place()} required value={service.place} onChange={(place) => set({ place })} />
              </Marked>
            )}
            {needs.map((key) => (
              <Marked key={key} name={`serve-${key}`}>
                <Need view={view} name={key as Fact} service={service} onChange={set} />
              </Marked>
            ))}
            {service.mode === "left" && (
              <>
                <p className={css.quiet}>{m.paper_left_note()}</p>
                <TextField label={m.paper_field_witness()} value={service.witness} onChange={(witness) => set({ witness })} />
                <TextField label={m.paper_field_witness_place()} value={service.witness_place} onChange={(witness_place) => set({ witness_place })} />
                <AddPhotos added={added} slots={[]} slot="service" />
              </>
            )}
            {service.mode === "notice" && (
              <Select
                label={m.paper_field_notice_limit()}
                value={service.notice_limit || view.notice_limits[0]?.id || null}
                options={view.notice_limits.map((l) => ({ value: l.id, label: m.paper_notice_days({ n: l.n, source: l.source }) }))}
                onChange={(notice_limit) => set({ notice_limit })}
              />
            )}
            {servers.map((name, at) => (
              <Marked key={at} name={`serve-server-${at + 1}`}>
                <TextField label={m.paper_field_server({ at: at + 1 })} required value={name} onChange={(to) => setServers(servers.map((s, i) => (i === at ? to : s)))} />
              </Marked>
            ))}
            {error && <ErrorNote error={error} />}
            <Marked name="serve-save">
              <Button tone="primary" isDisabled={added.coming || write.isPending} onPress={() => void send()}>
                {m.paper_serve_save()}
              </Button>
            </Marked>
          </>
        )}
      </div>
    </Card>
  );
}

function Need({ view, name, service, onChange }: { view: PaperView; name: Fact; service: Service; onChange: (part: Partial<Service>) => void }) {
  const text = service[name];
  const common = { label: serviceFieldWords(name), required: true };
  const set = (to: string) => onChange({ [name]: to });
  if (name === "relation") return <Select {...common} value={text || null} options={view.relations.map((r) => ({ value: r, label: relationWords(r) }))} onChange={set} />;
  return LONG.has(name) ? <TextArea {...common} value={text} onChange={set} /> : <TextField {...common} value={text} onChange={set} />;
}
