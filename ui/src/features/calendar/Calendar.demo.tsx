import { Seen } from "./ImportCard";
import { YearGrid } from "./YearGrid";

export const title = "Public holidays";

const date = (day: number) => `2027-02-${String(day).padStart(2, "0")}`;
const days = Array.from({ length: 28 }, (_, i) => {
  const off = i >= 4 && i <= 10;
  const kind = off ? "holiday" : i === 19 ? "make_up" : i % 7 > 4 ? "weekend" : "work";
  return { date: date(i + 1), kind, name: off || i === 19 ? "春节" : "", statutory: i >= 4 && i <= 7 };
});

const seen = {
  year: 2027,
  notice_no: "",
  source: "",
  days: [
    { date: date(5), weekday: 5, off: true, name: "春节", new: false },
    { date: date(11), weekday: 4, off: true, name: "春节", new: true },
    { date: date(20), weekday: 6, off: false, name: "春节", new: true },
  ],
  problems: [
    { code: "count_wrong", date: date(5), found: "7", expected: "8", blocks: true },
    { code: "plain_weekend", date: date(6), found: "春节", expected: "", blocks: false },
  ],
  unread: ["除夕前可安排年休假(2月4日)"],
  sound: false,
};

export function Demo() {
  return (
    <>
      <YearGrid months={[{ month: 2, starts_on: 1, days }]} />
      <Seen seen={seen} />
    </>
  );
}
