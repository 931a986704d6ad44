/** 存量: the equation, by number and by area. */
import { m } from "../../i18n";
import type { IndicatorLine } from "../../ipc";
import { Count } from "./Count";
import css from "./Indicator.module.css";
import { howOf, nameOf } from "./words";

const ROWS = ["stock_start", "found_old", "found_new", "demolished", "partly", "written_off", "stock_end"] as const;
const SIGNS: Record<string, string> = { found_old: "+", found_new: "+", demolished: "−", partly: "−", written_off: "−", stock_end: "=" };

type Props = { lines: IndicatorLine[]; list: string | undefined; onList: (list: string) => void };

export function StockTable({ lines, list, onList }: Props) {
  const of = (key: string) => lines.find((l) => l.key === key);
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{m.indicator_col_name()}</th>
          <th scope="col" className={css.number}>
            {m.indicator_col_cases()}
          </th>
          <th scope="col" className={css.number}>
            {m.indicator_col_area()}
          </th>
          <th scope="col">{m.indicator_col_how()}</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map((key) => (
          <tr key={key} data-line={key}>
            <th scope="row">
              <span className={css.sign} aria-hidden="true">
                {SIGNS[key] ?? ""}
              </span>
              {nameOf(key)}
            </th>
            <td className={css.number}>
              <Count line={key} side="met" count={of(key)?.met ?? null} list={list} onList={onList} />
            </td>
            <td className={css.number}>{of(`${key}_area`)?.value ?? m.indicator_none()}</td>
            <td className={css.how}>{howOf(key)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
