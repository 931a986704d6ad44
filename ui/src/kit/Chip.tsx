import type { ReactNode } from "react";
import { cx } from "./classes";
import style from "./Chip.module.css";

export type Tone = "neutral" | "primary" | "overdue" | "today" | "done" | "offline";
export type Sign = "diamond" | "dot" | "tick" | "ring" | "cross" | "question" | "none";

const SIGN_OF: Record<Tone, Sign> = { neutral: "none", primary: "none", overdue: "diamond", today: "dot", done: "tick", offline: "ring" };

/** Shape first, then word, then colour: readable without any one of them. */
export function Shape({ sign, className }: { sign: Sign; className?: string }) {
  if (sign === "none") return null;
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={cx(style.sign, className)} fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round">
      {sign === "diamond" && <path d="M8 0.5 15.5 8 8 15.5 0.5 8Z" fill="currentColor" stroke="none" />}
      {sign === "dot" && <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />}
      {sign === "ring" && <circle cx="8" cy="8" r="6" />}
      {sign === "tick" && <path d="m2 8.5 4 4 8-9" />}
      {sign === "cross" && <path d="m3 3 10 10M13 3 3 13" />}
      {sign === "question" && <path d="M4 5.2a4 4 0 1 1 5.6 3.6C8.4 9.4 8 10 8 11M8 14.6v.1" />}
    </svg>
  );
}

export type ChipProps = { children: ReactNode; tone?: Tone; sign?: Sign; /** Without ground and border. */ plain?: boolean; className?: string };

export function Chip({ children, tone = "neutral", sign, plain, className }: ChipProps) {
  return (
    <span className={cx(style.chip, style[tone], plain && style.plain, className)}>
      <Shape sign={sign ?? SIGN_OF[tone]} />
      <span>{children}</span>
    </span>
  );
}

const STATE_TONE: Record<string, Tone> = { RETURNED: "today", CLOSED: "done", FILED: "primary", REJECTED: "offline", VOID: "offline", VOIDED: "offline" };

/** A lifecycle state by its code, worded by the catalogue. */
export function StatusBadge({ status, label }: { status: string; label: string }) {
  return <Chip tone={STATE_TONE[status] ?? "neutral"}>{label}</Chip>;
}
