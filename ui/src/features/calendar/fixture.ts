/** A made-up year of holidays for the gallery: no notice says this. */
import type { CalendarDay, CalendarList, CalendarMonth, CalendarPreview, CalendarYear } from "../../ipc/api.gen";
import type { Answers } from "../../ipc/transport.fixture";

const DAY = 86_400_000;
const OFF: ReadonlyArray<[from: string, to: string, name: string, statutory: number]> = [
  ["2027-01-01", "2027-01-03", "元旦", 1],
  ["2027-02-05", "2027-02-11", "春节", 4],
  ["2027-04-03", "2027-04-05", "清明节", 1],
  ["2027-05-01", "2027-05-05", "劳动节", 2],
  ["2027-10-01", "2027-10-07", "国庆节", 3],
];
const WORK: Record<string, string> = { "2027-02-20": "春节", "2027-05-08": "劳动节", "2027-10-09": "国庆节" };

function day(ms: number): CalendarDay {
  const date = new Date(ms).toISOString().slice(0, 10);
  const weekend = [0, 6].includes(new Date(ms).getUTCDay());
  const off = OFF.find(([from, to]) => date >= from && date <= to);
  const worked = WORK[date];
  return { date, kind: off ? "holiday" : worked ? "make_up" : weekend ? "weekend" : "work", name: off?.[2] ?? worked ?? "", statutory: off !== undefined && (ms - Date.parse(off[0])) / DAY < off[3] };
}

export const MONTHS: CalendarMonth[] = Array.from({ length: 12 }, (_, i) => {
  const first = Date.UTC(2027, i, 1);
  const days = Array.from({ length: new Date(Date.UTC(2027, i + 1, 0)).getUTCDate() }, (_day, d) => day(first + d * DAY));
  return { month: i + 1, starts_on: new Date(first).getUTCDay() || 7, days };
});

export const PREVIEW: CalendarPreview = {
  year: 2027,
  notice_no: "",
  source: "",
  days: [
    { date: "2027-02-05", weekday: 5, off: true, name: "春节", new: false },
    { date: "2027-02-11", weekday: 4, off: true, name: "春节", new: true },
    { date: "2027-02-20", weekday: 6, off: false, name: "春节", new: true },
  ],
  problems: [
    { code: "count_wrong", date: "2027-02-05", found: "7", expected: "8", blocks: true },
    { code: "plain_weekend", date: "2027-02-06", found: "春节", expected: "", blocks: false },
  ],
  unread: ["除夕前可安排年休假(2月4日)"],
  sound: false,
};

const LIST: CalendarList = {
  version: "2027-1",
  years: [
    { year: 2027, stands: "published", versions: 2 },
    { year: 2026, stands: "shipped", versions: 0 },
    { year: 2028, stands: "provisional", versions: 0 },
  ],
  may_publish: true,
  today: "2027-01-14",
};

const YEAR: CalendarYear = {
  card: { year: 2027, stands: "published", versions: 2 },
  months: MONTHS,
  versions: [
    { id: "2027-2", notice_no: "样例办发〔2026〕第 7 号", source: "https://example.invalid/2026/11/notice-7.html", days: 25, author: "陈科", wall_ms: Date.UTC(2026, 10, 20, 2), in_force: true },
    { id: "2027-1", notice_no: "", source: "", days: 24, author: "陈科", wall_ms: Date.UTC(2026, 10, 19, 2), in_force: false },
  ],
};

export function calendarAnswers(): Answers {
  return { "calendar.list": () => LIST, "calendar.year": ({ year }) => ({ ...YEAR, card: { ...YEAR.card, year } }), "calendar.preview": () => PREVIEW };
}
