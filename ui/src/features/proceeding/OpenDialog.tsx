/** 开立执法程序: why, and since when. */
import { useState } from "react";
import { DateInput } from "../../form/DateInput";
import { m } from "../../i18n";
import { isoDate } from "../../i18n/format";
import { type ApiError, asApiError, useWrite } from "../../ipc";
import { Button, CheckBox, Dialog, TextArea } from "../../kit";
import { Marked } from "../../form/Marked";
import css from "./Proceeding.module.css";
import { Refusal } from "./Refusal";

type Props = { caseId: string; onClose: () => void; onOpened: (id: string) => void };

export function OpenDialog({ caseId, onClose, onOpened }: Props) {
  const write = useWrite("proceeding.open");
  const [cause, setCause] = useState("");
  const [date, setDate] = useState(isoDate(Date.now()));
  const [inProgress, setInProgress] = useState(false);
  const [error, setError] = useState<ApiError>();
  const open = async () => {
    setError(undefined);
    try {
      const { id } = await write.mutateAsync({ case_id: caseId, cause, date, in_progress: inProgress });
      onClose();
      onOpened(id);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <Dialog
      title={m.proceeding_open()}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{m.kit_cancel()}</Button>
          <Marked name="proceeding-open-send">
            <Button tone="primary" isDisabled={cause.trim() === "" || date === "" || write.isPending} onPress={() => void open()}>
              {m.proceeding_open_verb()}
            </Button>
          </Marked>
        </>
      }
    >
      <div className={css.form}>
        <Marked name="proceeding-cause">
          <TextArea label={m.proceeding_cause()} hint={m.proceeding_cause_hint()} required autoFocus maxLength={200} value={cause} onChange={setCause} />
        </Marked>
        <DateInput label={m.proceeding_date()} required value={date} onChange={setDate} />
        <CheckBox isSelected={inProgress} onChange={setInProgress}>
          {m.proceeding_in_progress()}
        </CheckBox>
        {error && <Refusal error={error} />}
      </div>
    </Dialog>
  );
}
