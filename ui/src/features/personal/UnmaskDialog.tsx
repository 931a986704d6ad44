/** 显示（留痕）: which fields and why, before anything is shown. */
import { type ComponentType, useState } from "react";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import { type ApiError, asApiError, useTransport } from "../../ipc";
import { Button, CheckGroup, Dialog, ErrorNote, TextArea } from "../../kit";
import css from "./Personal.module.css";

export type PersonalField = { name: string; label: string };

type Props = {
  /** `proceeding:0192…`, `paper:0192…` */
  record: string;
  fields: readonly PersonalField[];
  onClose: () => void;
  onShown: (fields: Record<string, string>) => void;
  /** How a refusal is shown; the usual three sentences otherwise. */
  Refusal?: ComponentType<{ error: ApiError }>;
};

export function UnmaskDialog({ record, fields, onClose, onShown, Refusal = ErrorNote }: Props) {
  const transport = useTransport();
  const [wanted, setWanted] = useState<string[]>(fields.map((f) => f.name));
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const show = async () => {
    setError(undefined);
    setBusy(true);
    try {
      onShown((await transport.call("party.unmask", { record, fields: wanted, reason })).fields);
    } catch (thrown) {
      setError(asApiError(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={m.personal_unmask_title()}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{m.kit_cancel()}</Button>
          <Marked name="unmask-send">
            <Button tone="primary" isDisabled={busy || reason.trim() === "" || wanted.length === 0} onPress={() => void show()}>
              {m.personal_unmask_verb()}
            </Button>
          </Marked>
        </>
      }
    >
      <div className={css.form}>
        <p>{m.personal_unmask_note()}</p>
        <CheckGroup label={m.personal_unmask_fields()} required options={fields.map((f) => ({ value: f.name, label: f.label }))} value={wanted} onChange={setWanted} />
        <Marked name="unmask-reason">
          <TextArea label={m.personal_unmask_reason()} hint={m.personal_unmask_reason_hint()} required autoFocus maxLength={500} value={reason} onChange={setReason} />
        </Marked>
        {error && <Refusal error={error} />}
      </div>
    </Dialog>
  );
}
