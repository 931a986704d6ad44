/** 登记当事人. A masked value is never put into a field: it would be saved as if it were the value. */
import { useState } from "react";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import { type ApiError, asApiError, type PartyView, useTransport } from "../../ipc";
import { Button, Dialog, RadioRow, TextField, toast } from "../../kit";
import css from "./Proceeding.module.css";
import { Refusal } from "./Refusal";
import { idKindWords, partyFieldWords } from "./words";

type Props = { id: string; party: PartyView | null; clear: Readonly<Record<string, string>>; onClose: () => void; onSaved: () => void };

const ID_KINDS: Record<string, readonly string[]> = { person: ["resident_id", "passport", "none"], unit: ["credit_code", "none"] };

export function PartyDialog({ id, party, clear, onClose, onSaved }: Props) {
  const transport = useTransport();
  const [kind, setKind] = useState(party?.kind ?? "person");
  const [idKind, setIdKind] = useState(party?.id_kind ?? "resident_id");
  const [typed, setTyped] = useState<Record<string, string>>({ ...clear });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const of = (field: string) => typed[field] ?? "";
  const become = (next: string) => {
    setKind(next);
    setIdKind(ID_KINDS[next]?.[0] ?? "none");
    setTyped({ ...typed, id_no: "" });
  };
  const save = async () => {
    setError(undefined);
    setBusy(true);
    try {
      await transport.call("party.set", { id, kind, id_kind: idKind, name: of("name"), id_no: idKind === "none" ? "" : of("id_no"), representative: kind === "unit" ? of("representative") : "", address: of("address"), phone: of("phone") });
      toast(m.proceeding_party_saved(), { tone: "done" });
      onSaved();
    } catch (thrown) {
      setError(asApiError(thrown));
      setBusy(false);
    }
  };
  const problem = (field: string) => {
    if (error?.code !== "invalid" || error.field !== field) return undefined;
    return error.params.problem === "required" ? m.proceeding_problem_required() : m.proceeding_problem_unsound();
  };
  const field = (name: string, required: boolean) => (
    <Marked name={`party-field-${name}`}>
      <TextField label={partyFieldWords(name)} required={required} autoComplete="off" maxLength={200} error={problem(name)} value={of(name)} onChange={(value) => setTyped({ ...typed, [name]: value })} />
    </Marked>
  );
  const complete = of("name").trim() !== "" && (idKind === "none" || of("id_no").trim() !== "") && (kind === "person" || of("representative").trim() !== "");
  return (
    <Dialog
      title={party ? m.proceeding_party_change() : m.proceeding_party_set()}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{m.kit_cancel()}</Button>
          <Marked name="party-send">
            <Button tone="primary" isDisabled={busy || !complete} onPress={() => void save()}>
              {m.proceeding_save()}
            </Button>
          </Marked>
        </>
      }
    >
      <div className={css.form}>
        <RadioRow
          label={m.proceeding_party_kind()}
          options={[
            { value: "person", label: m.proceeding_party_person() },
            { value: "unit", label: m.proceeding_party_unit() },
          ]}
          value={kind}
          onChange={become}
        />
        {field("name", true)}
        <RadioRow label={m.proceeding_party_id_kind()} options={(ID_KINDS[kind] ?? []).map((value) => ({ value, label: idKindWords(value) }))} value={idKind} onChange={setIdKind} />
        {idKind !== "none" && field("id_no", true)}
        {kind === "unit" && field("representative", true)}
        {field("address", false)}
        {field("phone", false)}
        {error && <Refusal error={error} />}
      </div>
    </Dialog>
  );
}
