/** J/K and arrows over the rows (`data-row`) of a screen that is not one grid. */
export function moveRow(step: 1 | -1, within: ParentNode = document): void {
  const rows = [...within.querySelectorAll<HTMLElement>("[data-row]")];
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, at + step));
  const row = rows[next];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}
