import { m } from "../../i18n";
import { type CompoundCard, useRead, useWrite } from "../../ipc";
import { ComboBox, ErrorNote } from "../../kit";
import style from "./Today.module.css";

/** 本轮巡查: the compound walked now; new cases start there. Found by name or pinyin initials. */
export function RoundSelect({ round }: { round: CompoundCard | null }) {
  const { data } = useRead("compound.list", { text: "" });
  const set = useWrite("round.set");
  const options = (data?.rows ?? []).map((c) => ({ value: c.id, label: c.name, description: c.address, search: c.initials }));
  return (
    <div className={style.round}>
      <span className={style.roundLabel} aria-hidden="true">
        {m.today_round()}
      </span>
      <ComboBox
        label={m.today_round()}
        hideLabel
        options={options}
        value={round?.id ?? null}
        placeholder={m.today_round_choose()}
        onChange={(id) => {
          if (id !== null && id !== round?.id) set.mutate({ id });
        }}
      />
      {set.error && <ErrorNote error={set.error} />}
    </div>
  );
}
