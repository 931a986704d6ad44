import { m, say } from "../../i18n";
import { moment } from "../../i18n/format";
import type { ReturnedCase } from "../../ipc";
import { CaseRow } from "../cases/CaseRow";
import style from "./Today.module.css";

/** 退回补正: why it came back and which photo is asked for; opens with that slot ready. */
export function ReturnedRow({ item }: { item: ReturnedCase }) {
  const { returned, card } = item;
  return (
    <CaseRow
      card={card}
      slot={returned.slot}
      extra={
        <>
          <span className={style.reason}>{returned.reason}</span>
          {returned.slot_label && <span>{m.today_missing_photo({ slot: say(returned.slot_label) })}</span>}
          <span>{m.today_returned_by({ name: returned.by, time: moment(returned.wall_ms) })}</span>
        </>
      }
    />
  );
}
