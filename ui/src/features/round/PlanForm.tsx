/** 排巡查: who, when, and in one compound which stops in which order. */
import { useState } from "react";
import { m } from "../../i18n";
import { type ApiError, asApiError, useRead, useWrite } from "../../ipc";
import { Button, ErrorNote, Select, TextArea, TextField, toast } from "../../kit";
import { Marked } from "../../form/Marked";
import { DateInput } from "../../form/DateInput";
import css from "./Round.module.css";

type Props = { compounds: readonly { id: string; name: string }[]; onDone: () => void };

/** Lines, commas or the Chinese comma between stops. */
export const stopsOf = (text: string): string[] => text.split(/[\n,，、]/u).map((s) => s.trim()).filter((s) => s !== "");

export function PlanForm({ compounds, onDone }: Props) {
  const first = compounds[0];
  const { data: walkers } = useRead("round.walkers", { id: first?.id ?? "" }, { enabled: first !== undefined });
  const plan = useWrite("round.plan");
  const [walker, setWalker] = useState<string | null>(null);
  const [date, setDate] = useState("");
  const [stops, setStops] = useState("");
  const [note, setNote] = useState("");
  const [error, setError] = useState<ApiError>();
  const send = async () => {
    setError(undefined);
    try {
      const wanted = compounds.length === 1 ? stopsOf(stops).map((label) => ({ label, pin: null })) : [];
      await plan.mutateAsync({ compounds: compounds.map((c) => c.id), walker: walker ?? "", date, stops: wanted, note });
      toast(m.round_planned_toast({ count: compounds.length }), { tone: "done" });
      onDone();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <div className={css.form} role="group" aria-label={m.round_plan()}>
      <p>{m.round_plan_for({ names: compounds.map((c) => c.name).join(m.kit_list_sep()) })}</p>
      <Marked name="round-walker">
        <Select label={m.round_walker()} value={walker} options={(walkers ?? []).map((w) => ({ value: w.id, label: w.name }))} onChange={setWalker} />
      </Marked>
      <DateInput label={m.round_date()} hint={m.round_date_hint()} value={date} onChange={setDate} />
      {compounds.length === 1 && (
        <Marked name="round-stops">
          <TextArea label={m.round_stops()} hint={m.round_stops_hint()} value={stops} onChange={setStops} />
        </Marked>
      )}
      <TextField label={m.round_note()} value={note} onChange={setNote} />
      {error && <ErrorNote error={error} />}
      <div className={css.answers}>
        <Marked name="round-plan-send">
          <Button tone="primary" isDisabled={walker === null || plan.isPending} onPress={() => void send()}>
            {m.round_plan()}
          </Button>
        </Marked>
        <Button onPress={onDone}>{m.kit_cancel()}</Button>
      </div>
    </div>
  );
}
