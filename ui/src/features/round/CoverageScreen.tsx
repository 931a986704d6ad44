/** 巡查覆盖: what was planned and walked in the last 30 days, those nobody has seen first, and planning them. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "../../app/Page";
import { m } from "../../i18n";
import { dayText } from "../../i18n/format";
import { type CoverageRow, useRead } from "../../ipc";
import { Button, CheckBox, Chip, ErrorNote, Skeleton } from "../../kit";
import { PlanForm } from "./PlanForm";
import css from "./Round.module.css";

export function CoverageScreen() {
  const { data, error, refetch } = useRead("round.coverage", { from: "", to: "" });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [planning, setPlanning] = useState(false);
  if (!data) return <Page title={m.round_coverage()}>{error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}</Page>;
  const picked = data.rows.filter((r) => chosen.includes(r.compound_id));
  const toggle = (row: CoverageRow, on: boolean) => setChosen(on ? [...chosen, row.compound_id] : chosen.filter((c) => c !== row.compound_id));
  return (
    <Page title={m.round_coverage()} aside={<span role="status">{m.round_coverage_sum({ walked: data.walked, planned: data.planned, unvisited: data.unvisited })}</span>}>
      {data.may_plan && (
        <div className={css.bar}>
          <Button onPress={() => setChosen(data.rows.filter((r) => r.unvisited && r.next === null).map((r) => r.compound_id))}>{m.round_choose_unvisited()}</Button>
          <Button tone="primary" isDisabled={picked.length === 0} onPress={() => setPlanning(true)}>
            {m.round_plan_week({ count: picked.length })}
          </Button>
        </div>
      )}
      {planning && picked.length > 0 && (
        <PlanForm
          compounds={picked.map((r) => ({ id: r.compound_id, name: r.compound }))}
          onDone={() => {
            setPlanning(false);
            setChosen([]);
          }}
        />
      )}
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{m.round_compound()}</th>
            <th scope="col">{m.round_last()}</th>
            <th scope="col">{m.round_days()}</th>
            <th scope="col">{m.round_next()}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((r) => (
            <tr key={r.compound_id}>
              <td>
                {data.may_plan ? (
                  <CheckBox isSelected={chosen.includes(r.compound_id)} onChange={(on) => toggle(r, on)}>
                    {r.compound}
                  </CheckBox>
                ) : (
                  <Link to="/compounds/$id" params={{ id: r.compound_id }} search={{}}>
                    {r.compound}
                  </Link>
                )}
              </td>
              <td>{r.unvisited ? <Chip tone="today">{r.last === null ? m.round_long_ago() : dayText(r.last)}</Chip> : r.last && dayText(r.last)}</td>
              <td>{m.round_days_of({ walked: r.walked, planned: r.planned })}</td>
              <td>{r.next === null ? "–" : dayText(r.next)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Page>
  );
}
