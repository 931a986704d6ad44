import { m } from "../../i18n";
import type { AccessRow } from "../../ipc";

const ACTS: Record<string, () => string> = {
  view: m.access_act_view,
  unmask: m.access_act_unmask,
  search: m.access_act_search,
  export: m.access_act_export,
  print: m.access_act_print,
  edit: m.access_act_edit,
  delete: m.access_act_delete,
};
const KINDS: Record<string, (p: { id: string }) => string> = { proceeding: m.access_kind_proceeding, case: m.access_kind_case, paper: m.access_kind_paper };

export const actWords = (action: string) => ACTS[action]?.() ?? action;
export const actOptions = () => Object.entries(ACTS).map(([value, label]) => ({ value, label: label() }));

/** A record by its kind and the end of its id; what is no record is named as it was written down. */
export function objectWords(object: string): string {
  const at = object.indexOf(":");
  const of = KINDS[object.slice(0, Math.max(at, 0))];
  return of ? of({ id: object.slice(-6) }) : object;
}

/** Rows under the day they were written on, newest first as they come. */
export function byDay(rows: readonly AccessRow[], dayOf: (ms: number) => string): Array<{ day: string; rows: AccessRow[] }> {
  const days: Array<{ day: string; rows: AccessRow[] }> = [];
  for (const row of rows) {
    const day = dayOf(row.wall_ms);
    const last = days.at(-1);
    if (last?.day === day) last.rows.push(row);
    else days.push({ day, rows: [row] });
  }
  return days;
}
