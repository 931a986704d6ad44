/** 巡查 on the compound page: the last rounds, and planning one. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { m } from "../../i18n";
import { dayText } from "../../i18n/format";
import { useRead } from "../../ipc";
import { Button, Chip, EmptyState, SectionHeading } from "../../kit";
import { PlanForm } from "./PlanForm";
import css from "./Round.module.css";
import { statusWords } from "./words";

const SHOWN = 8;

export function RoundsPart({ id, name, mayPlan }: { id: string; name: string; mayPlan: boolean }) {
  const { data } = useRead("round.list", { compound_id: id, mine: false, open: false, offset: 0, limit: SHOWN });
  const [planning, setPlanning] = useState(false);
  const rows = data?.rows ?? [];
  const plan = mayPlan && !planning && <Button onPress={() => setPlanning(true)}>{m.round_plan()}</Button>;
  return (
    <section aria-label={m.round_title()}>
      <SectionHeading count={data?.total ?? 0}>{m.round_title()}</SectionHeading>
      {data && rows.length === 0 && (
        <EmptyState title={m.round_none()} why={m.round_none_why()}>
          {plan}
        </EmptyState>
      )}
      <ul className={css.stops}>
        {rows.map((r) => (
          <li key={r.id}>
            <Link to="/rounds/$id" params={{ id: r.id }} className={css.stop} data-row="true">
              <span className={css.name}>
                {dayText(r.date)} {r.walker}
              </span>
              <span className={css.small}>{m.round_line({ done: r.done, all: r.stops, findings: r.findings })}</span>
              <Chip tone={r.missed ? "overdue" : r.status === "ENDED" ? "done" : "neutral"}>{r.missed ? m.round_missed() : statusWords(r.status)}</Chip>
            </Link>
          </li>
        ))}
      </ul>
      {planning && <PlanForm compounds={[{ id, name }]} onDone={() => setPlanning(false)} />}
      {rows.length > 0 && plan}
    </section>
  );
}
