/** Months as first and last day. */

export type Span = { from: string; to: string };

/** The month a day lies in. */
export function monthOf(day: string): Span {
  const [year = 1970, month = 1] = day.split("-").map(Number);
  return span(year, month);
}

/** This month and those before it, newest first. */
export function monthsBack(day: string, count: number): Span[] {
  const [year = 1970, month = 1] = day.split("-").map(Number);
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + (month - 1) - back;
    return span(Math.floor(at / 12), (at % 12) + 1);
  });
}

function span(year: number, month: number): Span {
  const first = `${year}-${String(month).padStart(2, "0")}`;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { from: `${first}-01`, to: `${first}-${String(last).padStart(2, "0")}` };
}
