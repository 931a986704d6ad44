/** 存量: the equation, by number and by area. */
import { m } from "../../i18n";
import type { IndicatorLine } from "../../ipc";
import { Count } from "./Count";
import css from "./Indicator.module.css";
import { LineTable } from "./LineTable";
import { nameOf } from "./words";

const ROWS = ["stock_start", "found_old", "found_new", "demolished", "partly", "written_off", "stock_end"] as const;
const SIGNS: Record<string, string> = { found_old: "+", found_new: "+", demolished: "−", partly: "−", written_off: "−", stock_end: "=" };

type Props = { lines: IndicatorLine[]; list: string | undefined; onList: (list: string) => void };

export function StockTable({ lines, list, onList }: Props) {
  const of = (key: string) => lines.find((l) => l.key === key);
  const rows = ROWS.map((key) => ({
    key,
    name: (
      <>
        <span className={css.sign} aria-hidden="true">
          {SIGNS[key] ?? ""}
        </span>
        {nameOf(key)}
      </>
    ),
    numbers: [<Count key="n" line={key} side="met" count={of(key)?.met ?? null} list={list} onList={onList} />, of(`${key}_area`)?.value ?? m.indicator_none()] as const,
  }));
  return <LineTable numbers={[m.indicator_col_cases(), m.indicator_col_area()]} rows={rows} />;
}
