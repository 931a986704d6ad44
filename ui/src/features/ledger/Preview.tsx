/** 核对结果: counts, every problem by cell, and what would be written. */
import { m, sayFirst } from "../../i18n";
import { countText } from "../../i18n/format";
import type { CellReport, ImportReport, RowReport } from "../../ipc";
import { Chip, SectionHeading } from "../../kit";
import style from "./Ledger.module.css";
import { problemWords } from "./words";

/** Rows drawn; the counts are of all. */
const DRAWN_MAX = 200;

export function Preview({ report }: { report: ImportReport }) {
  return (
    <div className={style.part} data-testid="ledger-preview">
      <SectionHeading level={3} note={m.ledger_preview_of({ ledger: sayFirst(report.label), rows: countText(report.rows), sheet: report.sheet })}>
        {m.ledger_preview()}
      </SectionHeading>
      <div className={style.counts} data-testid="ledger-counts">
        <Chip tone="primary">{m.ledger_n_changed({ count: countText(report.changed) })}</Chip>
        <Chip tone="primary">{m.ledger_n_created({ count: countText(report.created) })}</Chip>
        <Chip>{m.ledger_n_same({ count: countText(report.same) })}</Chip>
        <Chip tone={report.duplicates > 0 ? "today" : "neutral"}>{m.ledger_n_duplicates({ count: countText(report.duplicates) })}</Chip>
        <Chip tone={report.wrong > 0 ? "overdue" : "neutral"}>{m.ledger_n_wrong({ count: countText(report.wrong) })}</Chip>
      </div>
      {report.problems.length > 0 && <Problems problems={report.problems} />}
      {report.shown.length > 0 && <Changes rows={report.shown} />}
    </div>
  );
}

function Problems({ problems }: { problems: readonly CellReport[] }) {
  const drawn = problems.slice(0, DRAWN_MAX);
  return (
    <section aria-label={m.ledger_problems()} className={style.part}>
      <SectionHeading level={3} count={problems.length} note={m.ledger_problems_note()}>
        {m.ledger_problems()}
      </SectionHeading>
      <table className={style.table} data-testid="ledger-problems">
        <thead>
          <tr>
            <th scope="col" className={style.cell}>
              {m.ledger_cell()}
            </th>
            <th scope="col">{m.ledger_column()}</th>
            <th scope="col">{m.ledger_value()}</th>
            <th scope="col" className={style.what}>
              {m.ledger_what()}
            </th>
          </tr>
        </thead>
        <tbody>
          {drawn.map((p) => (
            <tr key={`${p.cell} ${p.problem}`}>
              <td>
                <strong>{/^\d+$/u.test(p.cell) ? m.ledger_row_n({ row: p.cell }) : p.cell}</strong>
              </td>
              <td>{p.column}</td>
              <td>{p.value}</td>
              <td>
                <Chip plain tone={p.blocks ? "overdue" : "neutral"} sign={p.blocks ? "cross" : "ring"}>
                  {p.blocks ? m.ledger_blocks() : m.ledger_remark()}
                </Chip>{" "}
                {problemWords(p)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {problems.length > DRAWN_MAX && <p className={style.quiet}>{m.ledger_more({ count: DRAWN_MAX })}</p>}
    </section>
  );
}

function Changes({ rows }: { rows: readonly RowReport[] }) {
  const shown = (text: string) => (text === "" ? m.ledger_empty() : text);
  return (
    <section aria-label={m.ledger_changes()} className={style.part}>
      <SectionHeading level={3}>{m.ledger_changes()}</SectionHeading>
      <ul className={style.list} data-testid="ledger-changes">
        {rows.map((row) => (
          <li key={row.row} className={style.change}>
            <span>
              <strong>{m.ledger_row_n({ row: String(row.row) })}</strong> {row.what === "created" ? m.ledger_created() : m.ledger_changed()} {row.label}
            </span>
            <span className={style.quiet}>{row.cells.map((c) => (row.what === "created" ? `${c.column} ${c.after}` : m.ledger_from_to({ column: c.column, before: shown(c.before), after: c.after }))).join(m.ledger_sep())}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
