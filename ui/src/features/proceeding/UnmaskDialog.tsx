/** 显示（留痕）: which fields and why, before anything is shown. */
import { useState } from "react";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import { type ApiError, asApiError, type PartyView, useTransport } from "../../ipc";
import { Button, CheckGroup, Dialog, TextArea } from "../../kit";
import css from "./Proceeding.module.css";
import { Refusal } from "./Refusal";
import { PARTY_FIELDS, partyFieldWords } from "./words";

type Props = { id: string; party: PartyView; onClose: () => void; onShown: (fields: Record<string, string>) => void };

export function UnmaskDialog({ id, party, onClose, onShown }: Props) {
  const transport = useTransport();
  const recorded = PARTY_FIELDS.filter((f) => party.fields[f] !== undefined);
  const [fields, setFields] = useState<string[]>([...recorded]);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const show = async () => {
    setError(undefined);
    setBusy(true);
    try {
      onShown((await transport.call("party.unmask", { record: `proceeding:${id}`, fields, reason })).fields);
    } catch (thrown) {
      setError(asApiError(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={m.proceeding_unmask_title()}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{m.kit_cancel()}</Button>
          <Marked name="unmask-send">
            <Button tone="primary" isDisabled={busy || reason.trim() === "" || fields.length === 0} onPress={() => void show()}>
              {m.proceeding_unmask_verb()}
            </Button>
          </Marked>
        </>
      }
    >
      <div className={css.form}>
        <p>{m.proceeding_unmask_note()}</p>
        <CheckGroup label={m.proceeding_unmask_fields()} required options={recorded.map((f) => ({ value: f, label: partyFieldWords(f) }))} value={fields} onChange={setFields} />
        <Marked name="unmask-reason">
          <TextArea label={m.proceeding_unmask_reason()} hint={m.proceeding_unmask_reason_hint()} required autoFocus maxLength={500} value={reason} onChange={setReason} />
        </Marked>
        {error && <Refusal error={error} />}
      </div>
    </Dialog>
  );
}
