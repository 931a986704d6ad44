/** 另存副本: a picture that may be given away, with what it is for. The original stays as it is. */
import { useState } from "react";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import { type ApiError, asApiError, useWrite } from "../../ipc";
import { Button, CheckBox, Dialog, ErrorNote, TextField, toast } from "../../kit";
import css from "./Copy.module.css";
import { fetchFile } from "../../ipc/fetchFile";

type Props = { caseId: string; hash: string; onClose: () => void };

export default function CopyDialog({ caseId, hash, onClose }: Props) {
  const write = useWrite("photo.copy");
  const [purpose, setPurpose] = useState("");
  const [marks, setMarks] = useState(true);
  const [stamp, setStamp] = useState(true);
  const [error, setError] = useState<ApiError>();
  const save = async () => {
    setError(undefined);
    try {
      const copy = await write.mutateAsync({ case_id: caseId, hash, marks, stamp, purpose });
      if (copy.url !== null) fetchFile(copy.url, copy.name);
      toast(copy.path === null ? m.photo_copy_done({ name: copy.name }) : m.photo_copy_saved({ path: copy.path }), { tone: "done" });
      onClose();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <Dialog
      title={m.photo_copy_title()}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{m.kit_cancel()}</Button>
          <Marked name="copy-save">
            <Button tone="primary" isDisabled={write.isPending || purpose.trim() === ""} onPress={() => void save()}>
              {m.photo_copy_save()}
            </Button>
          </Marked>
        </>
      }
    >
      <div className={css.form}>
        <p>{m.photo_copy_note()}</p>
        <Marked name="copy-purpose">
          <TextField label={m.photo_copy_purpose()} hint={m.photo_copy_purpose_hint()} required autoFocus value={purpose} onChange={setPurpose} />
        </Marked>
        <CheckBox isSelected={marks} onChange={setMarks}>
          {m.photo_copy_marks()}
        </CheckBox>
        <CheckBox isSelected={stamp} onChange={setStamp}>
          {m.photo_copy_stamp()}
        </CheckBox>
        {error && <ErrorNote error={error} />}
      </div>
    </Dialog>
  );
}
