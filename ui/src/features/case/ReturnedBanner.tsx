/** The case came back: why, which photo, and everything needed to send it again, in this place. */
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { m } from "../../i18n";
import { moment } from "../../i18n/format";
import { type ApiError, asApiError, type Category, type ReturnedView, useWrite } from "../../ipc";
import { Button, ErrorNote, TextField, toast } from "../../kit";
import { Marked } from "../../form/Marked";
import { slotWords } from "../../photo/words";
import { AddPhotos } from "./AddPhotos";
import css from "./Case.module.css";
import { useAdded } from "./useAdded";

type Props = { caseId: string; no: string; returned: ReturnedView; category: Category | undefined; /** This person may send it again. */ mayResubmit: boolean };

export function ReturnedBanner({ caseId, no, returned, category, mayResubmit }: Props) {
  const act = useWrite("case.act");
  const added = useAdded();
  const [answer, setAnswer] = useState("");
  const [error, setError] = useState<ApiError>();
  const slots = category?.slots ?? [];
  const send = async () => {
    setError(undefined);
    try {
      await act.mutateAsync({ id: caseId, action: "resubmit", reason_code: null, reason: answer.trim(), slot: null, photos: added.refs(), params: {}, deadline: null, fields: {} });
      added.clear();
      toast(m.case_resubmitted({ no }), { tone: "done" });
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  const nothing = added.photos.length === 0 && answer.trim() === "";
  return (
    <section className={css.returned} aria-label={m.case_returned()} data-testid="case-returned">
      <h2>
        <Undo2 aria-hidden="true" size={20} />
        {m.case_returned()}
      </h2>
      <p className={css.value}>{returned.reason}</p>
      <p className={css.quiet}>
        {m.case_returned_by({ name: returned.by, time: moment(returned.wall_ms) })}
        {returned.slot !== null && ` ${m.case_slot_asked({ slot: slotWords(returned.slot, slots) })}`}
      </p>
      {mayResubmit && (
        <>
          <AddPhotos added={added} slots={slots} slot={returned.slot ?? ""} />
          <div className={css.reasonRow}>
            <Marked name="case-answer">
              <TextField label={m.case_answer()} value={answer} onChange={setAnswer} />
            </Marked>
            <Marked name="case-resubmit">
              <Button tone="primary" isDisabled={nothing || added.coming || act.isPending} onPress={() => void send()}>
                {m.case_act_resubmit()}
              </Button>
            </Marked>
          </div>
          {nothing && <p className={css.quiet}>{m.case_resubmit_needs()}</p>}
        </>
      )}
      {error && <ErrorNote error={error} />}
    </section>
  );
}
