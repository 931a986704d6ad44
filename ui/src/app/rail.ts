/** The left rail: only what the role uses, at most seven and the settings. */
import { Building2, ChartNoAxesColumn, ClipboardCheck, Files, RefreshCw, Settings, Sun, Table2 } from "lucide-react";
import { m } from "../i18n";

export type Room = { to: "/access" | "/today" | "/cases" | "/compounds" | "/indicators" | "/ledgers" | "/review" | "/sync" | "/settings"; label: () => string; Icon: typeof Sun; jump: string };

const ROOMS: Record<string, Room> = {
  access: { to: "/access", label: m.access_room, Icon: ClipboardCheck, jump: "G L" },
  today: { to: "/today", label: m.app_today, Icon: Sun, jump: "G T" },
  review: { to: "/review", label: m.app_review, Icon: ClipboardCheck, jump: "G R" },
  cases: { to: "/cases", label: m.app_cases, Icon: Files, jump: "G C" },
  compounds: { to: "/compounds", label: m.app_compounds, Icon: Building2, jump: "G X" },
  ledgers: { to: "/ledgers", label: m.ledger_title, Icon: Table2, jump: "G E" },
  indicators: { to: "/indicators", label: m.app_indicators, Icon: ChartNoAxesColumn, jump: "G I" },
  sync: { to: "/sync", label: m.app_sync, Icon: RefreshCw, jump: "G S" },
  settings: { to: "/settings", label: m.app_settings, Icon: Settings, jump: "G ," },
};

const FIELD = ["today", "cases", "compounds", "ledgers", "sync", "settings"] as const;
const READER = ["cases", "compounds", "ledgers", "sync", "settings"] as const;
const NO_CASES = ["sync", "settings"] as const;
const REGISTER = ["compounds", "ledgers", "sync", "settings"] as const;

/** By the role codes of domain.md §7. Rust refuses what a role may not do; the rail only leaves it out. */
const OF_ROLE: Record<string, readonly string[]> = {
  "R-LXB": ["today", "review", "cases", "compounds", "ledgers", "indicators", "sync", "settings"],
  "R-LD": ["indicators", ...READER],
  "R-LEG": READER,
  "R-HEAD": READER,
  "R-STAT": ["indicators", ...READER],
  "R-ARC": ["today", ...READER],
  "R-ADM": REGISTER,
  "R-AUD": ["access", ...NO_CASES],
};

const RECORDS = new Set(["R-INS", "R-ENF", "R-ENFL", "R-JW", "R-WY", "R-DEP", "R-FG", "R-LXB"]);

export function roomsFor(roles: readonly string[]): Room[] {
  const allowed = new Set(roles.flatMap((r) => OF_ROLE[r] ?? FIELD));
  return Object.entries(ROOMS).flatMap(([key, room]) => (allowed.has(key) ? [room] : []));
}

/** Where the person's work begins. */
export function homeFor(roles: readonly string[]): Room["to"] {
  return roomsFor(roles)[0]?.to ?? "/settings";
}

/** Who sees what cases say: not whoever only keeps accounts and registers. */
export function seesCases(roles: readonly string[]): boolean {
  return roomsFor(roles).some((room) => room.to === "/cases");
}

/** Who writes compounds into the register. */
export function keepsRegister(roles: readonly string[]): boolean {
  return roles.includes("R-ADM");
}

/** Who writes companies and dwellings. */
export function keepsCompanies(roles: readonly string[]): boolean {
  return roles.includes("R-ADM") || roles.includes("R-FG");
}

const PLANS_ROUNDS = new Set(["R-LXB", "R-FG", "R-JW", "R-ENFL"]);

/** Who plans rounds for others. */
export function mayPlanRounds(roles: readonly string[]): boolean {
  return roles.some((r) => PLANS_ROUNDS.has(r));
}

/** Who walks rounds: whoever records, but an officer of a department. */
export function mayWalk(roles: readonly string[]): boolean {
  return roles.some((r) => RECORDS.has(r) && r !== "R-DEP");
}

/** Who files cases, and is told what the town still waits for. */
export function isOffice(roles: readonly string[]): boolean {
  return roles.includes("R-LXB");
}

/** Who records cases. */
export function mayRecord(roles: readonly string[]): boolean {
  return roles.some((r) => RECORDS.has(r));
}
