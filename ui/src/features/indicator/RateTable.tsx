/** The other numbers of the period, each with its two counts and its definition. */
import { Link } from "@tanstack/react-router";
import { m } from "../../i18n";
import { type IndicatorLine, type IndicatorView, useRead } from "../../ipc";
import { Count } from "./Count";
import css from "./Indicator.module.css";
import { howOf, nameOf } from "./words";

const FIRST = "stock_gone";

type Props = { view: IndicatorView; list: string | undefined; onList: (list: string) => void };

export function RateTable({ view, list, onList }: Props) {
  const lines = view.lines.slice(view.lines.findIndex((l) => l.key === FIRST));
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{m.indicator_col_name()}</th>
          <th scope="col" className={css.number}>
            {m.indicator_col_value()}
          </th>
          <th scope="col" className={css.number}>
            {m.indicator_col_cases()}
          </th>
          <th scope="col">{m.indicator_col_how()}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key} data-line={line.key}>
            <th scope="row">{nameOf(line.key)}</th>
            <td className={css.number}>
              <strong>{valueOf(line)}</strong>
            </td>
            <td className={css.number}>
              <Count line={line.key} side="met" count={line.met} list={list} onList={onList} />
              {line.of !== null && (
                <>
                  {" / "}
                  <Count line={line.key} side="of" count={line.of} list={list} onList={onList} />
                </>
              )}
            </td>
            <td className={css.how}>{howOf(line.key)}</td>
          </tr>
        ))}
        <Coverage from={view.from} to={view.to} />
      </tbody>
    </table>
  );
}

/** A count is its own value. */
function valueOf(line: IndicatorLine): string {
  if (line.unit === "cases") return "";
  if (line.value === null) return m.indicator_none();
  return line.unit === "percent" ? m.indicator_percent({ value: line.value }) : line.value;
}

function Coverage({ from, to }: { from: string; to: string }) {
  const { data } = useRead("round.coverage", { from, to });
  if (!data) return null;
  const percent = data.planned === 0 ? m.indicator_none() : m.indicator_percent({ value: ((data.walked * 100) / data.planned).toFixed(2) });
  return (
    <tr data-line="coverage">
      <th scope="row">
        <Link to="/rounds">{nameOf("coverage")}</Link>
      </th>
      <td className={css.number}>
        <strong>{percent}</strong>
      </td>
      <td className={css.number}>{m.indicator_met_of({ met: data.walked, of: data.planned })}</td>
      <td className={css.how}>{howOf("coverage")}</td>
    </tr>
  );
}
