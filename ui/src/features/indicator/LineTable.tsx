/** A table of numbers: a name, two of them, and how they are counted. */
import type { ReactNode } from "react";
import { m } from "../../i18n";
import css from "./Indicator.module.css";
import { howOf } from "./words";

export type Row = { key: string; name: ReactNode; numbers: readonly [ReactNode, ReactNode] };

export function LineTable({ numbers, rows }: { numbers: readonly [string, string]; rows: readonly Row[] }) {
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col" className={css.name}>
            {m.indicator_col_name()}
          </th>
          {numbers.map((head) => (
            <th key={head} scope="col" className={css.number}>
              {head}
            </th>
          ))}
          <th scope="col">{m.indicator_col_how()}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-line={row.key}>
            <th scope="row">{row.name}</th>
            <td className={css.number}>{row.numbers[0]}</td>
            <td className={css.number}>{row.numbers[1]}</td>
            <td className={css.how}>{howOf(row.key)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
