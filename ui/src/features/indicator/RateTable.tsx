/** The other numbers of the period, each with its two counts and its definition. */
import { Link } from "@tanstack/react-router";
import { m } from "../../i18n";
import { type IndicatorLine, type IndicatorView, useRead } from "../../ipc";
import { Count } from "./Count";
import { LineTable, type Row } from "./LineTable";
import { nameOf } from "./words";

const FIRST = "stock_gone";

type Props = { view: IndicatorView; list: string | undefined; onList: (list: string) => void };

export function RateTable({ view, list, onList }: Props) {
  const coverage = useCoverage(view.from, view.to);
  const lines = view.lines.slice(view.lines.findIndex((l) => l.key === FIRST));
  const rows = lines.map((line): Row => ({
    key: line.key,
    name: nameOf(line.key),
    numbers: [
      <strong key="value">{valueOf(line)}</strong>,
      <span key="counts">
        <Count line={line.key} side="met" count={line.met} list={list} onList={onList} />
        {line.of !== null && (
          <>
            {" / "}
            <Count line={line.key} side="of" count={line.of} list={list} onList={onList} />
          </>
        )}
      </span>,
    ],
  }));
  return <LineTable numbers={[m.indicator_col_value(), m.indicator_col_cases()]} rows={coverage ? [...rows, coverage] : rows} />;
}

/** A count is its own value. */
function valueOf(line: IndicatorLine): string {
  if (line.unit === "cases") return "";
  if (line.value === null) return m.indicator_none();
  return line.unit === "percent" ? m.indicator_percent({ value: line.value }) : line.value;
}

function useCoverage(from: string, to: string): Row | undefined {
  const { data } = useRead("round.coverage", { from, to });
  if (!data) return undefined;
  const percent = data.planned === 0 ? m.indicator_none() : m.indicator_percent({ value: ((data.walked * 100) / data.planned).toFixed(2) });
  return {
    key: "coverage",
    name: <Link to="/rounds">{nameOf("coverage")}</Link>,
    numbers: [<strong key="value">{percent}</strong>, m.indicator_met_of({ met: data.walked, of: data.planned })],
  };
}
