/** The left rail: only what the role uses, at most six. */
import { Building2, ClipboardCheck, Files, RefreshCw, Settings, Sun } from "lucide-react";
import { m } from "../i18n";

export type Room = { to: "/today" | "/cases" | "/compounds" | "/review" | "/sync" | "/settings"; label: () => string; Icon: typeof Sun; jump: string };

const ROOMS: Record<string, Room> = {
  today: { to: "/today", label: m.app_today, Icon: Sun, jump: "G T" },
  review: { to: "/review", label: m.app_review, Icon: ClipboardCheck, jump: "G R" },
  cases: { to: "/cases", label: m.app_cases, Icon: Files, jump: "G C" },
  compounds: { to: "/compounds", label: m.app_compounds, Icon: Building2, jump: "G X" },
  sync: { to: "/sync", label: m.app_sync, Icon: RefreshCw, jump: "G S" },
  settings: { to: "/settings", label: m.app_settings, Icon: Settings, jump: "G ," },
};

const OF_ROLE: Record<string, readonly string[]> = {
  "R-INS": ["today", "cases", "compounds", "sync", "settings"],
  "R-LXB": ["today", "review", "cases", "compounds", "sync", "settings"],
  "R-DEP": ["today", "cases", "compounds", "sync", "settings"],
  "R-LD": ["cases", "compounds", "sync", "settings"],
  "R-ADM": ["sync", "settings"],
};

/** A role this version does not know sees what an inspector sees: Rust refuses what it may not do. */
export function roomsFor(roles: readonly string[]): Room[] {
  const allowed = new Set(roles.flatMap((r) => OF_ROLE[r] ?? OF_ROLE["R-INS"] ?? []));
  return Object.entries(ROOMS).flatMap(([key, room]) => (allowed.has(key) ? [room] : []));
}

/** Who records cases in the field. */
export function mayRecord(roles: readonly string[]): boolean {
  return roles.some((r) => r === "R-INS" || !(r in OF_ROLE));
}
