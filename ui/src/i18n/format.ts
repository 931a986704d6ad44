/**
 * Dates, times, sizes and counts as words. Everything a town worker reads is in Asia/Shanghai, whatever
 * the machine's zone. Dates that carry a deadline come from Rust as text and are never re-computed here.
 */
import { getLanguage, intlTag, m } from ".";

const ZONE = "Asia/Shanghai";
const cache = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions, ms: number): string {
  const key = `${intlTag()}|${name}`;
  let f = cache.get(key);
  if (!f) {
    f = new Intl.DateTimeFormat(intlTag(), { timeZone: ZONE, ...options });
    cache.set(key, f);
  }
  return f.format(ms);
}

/** `09:12` */
export function clock(ms: number): string {
  return format("clock", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, ms);
}

/** `09:12:07` */
export function clockSeconds(ms: number): string {
  return format("clock-s", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }, ms);
}

/** `2026-11-23` of a moment, in the town's zone. */
export function isoDate(ms: number): string {
  // By its parts: engines differ on how a locale joins them.
  const format = new Intl.DateTimeFormat("en", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
  const parts = new Map(format.formatToParts(ms).map((part) => [part.type, part.value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}

/** `11-23 09:12`, or `23 Nov 09:12`; with the year when it is not this year's. */
export function moment(ms: number, now_ms: number = Date.now()): string {
  return `${dayText(isoDate(ms), isoDate(now_ms))} ${clock(ms)}`;
}

/** A date from Rust (`2026-11-26`, or the date part of a date-time) in short words: `11-26` / `26 Nov`. */
export function dayText(iso: string, today: string = isoDate(Date.now())): string {
  const [y = "", mo = "", d = ""] = iso.slice(0, 10).split("-");
  const thisYear = today.slice(0, 4) === y;
  if (getLanguage() === "en") {
    const ms = Date.UTC(Number(y), Number(mo) - 1, Number(d), 4);
    return format(thisYear ? "d-m" : "d-m-y", { day: "numeric", month: "short", ...(thisYear ? {} : { year: "numeric" }) }, ms);
  }
  return thisYear ? `${mo}-${d}` : `${y}-${mo}-${d}`;
}

/** A date with its year, as papers and reports have it: `2026-11-23` / `23 Nov 2026`. */
export function fullDay(iso: string): string {
  return dayText(iso, "");
}

/** `11-24 周二` / `Tue 24 Nov` */
export function dayAndWeekday(iso: string): string {
  return getLanguage() === "en" ? `${weekdayText(iso)} ${dayText(iso)}` : `${dayText(iso)} ${weekdayText(iso)}`;
}

/** `2026-11-23 周一` / `Mon 23 Nov 2026` */
export function fullDayAndWeekday(iso: string): string {
  return getLanguage() === "en" ? `${weekdayText(iso)} ${fullDay(iso)}` : `${fullDay(iso)} ${weekdayText(iso)}`;
}

/** `2026年11月` / `November 2026` */
export function monthText(iso: string): string {
  const [y = "0", mo = "1"] = iso.split("-");
  return format("month-year", { month: "long", year: "numeric" }, Date.UTC(Number(y), Number(mo) - 1, 15));
}

/** `11月` / `November` */
export function monthName(month: number): string {
  return format("month", { month: "long" }, Date.UTC(2026, month - 1, 15));
}

/** `周四` / `Thu` */
export function weekdayText(iso: string): string {
  const [y = "0", mo = "1", d = "1"] = iso.slice(0, 10).split("-");
  return format("wd", { weekday: "short" }, Date.UTC(Number(y), Number(mo) - 1, Number(d), 4));
}

/** `11月23日 星期一` / `Monday 23 November` */
export function longDay(iso: string): string {
  const [y = "0", mo = "1", d = "1"] = iso.slice(0, 10).split("-");
  const ms = Date.UTC(Number(y), Number(mo) - 1, Number(d), 4);
  if (getLanguage() === "en") return format("long", { weekday: "long", month: "long", day: "numeric" }, ms);
  return `${format("month-day", { month: "long", day: "numeric" }, ms)} ${format("weekday", { weekday: "long" }, ms)}`;
}

/** `刚刚`, `3 分钟前`, `2 小时前`, then the moment. */
export function ago(ms: number, now_ms: number = Date.now()): string {
  const minutes = Math.floor((now_ms - ms) / 60_000);
  if (minutes < 1) return m.kit_just_now();
  if (minutes < 60) return m.kit_minutes_ago({ count: minutes });
  if (minutes < 24 * 60) return m.kit_hours_ago({ count: Math.floor(minutes / 60) });
  return moment(ms, now_ms);
}

/** `168 MB`, decimal units as on the camera card's label. */
export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** `2,316` */
export function countText(n: number): string {
  return new Intl.NumberFormat(intlTag()).format(n);
}
