/** What stands in the undo bar, and what Ctrl+Z takes back. Every undo is a real act of the program, kept here until used. */
import { useSyncExternalStore } from "react";

export type ToastItem = {
  id: number;
  message: string;
  tone: "plain" | "done" | "error";
  undo?: () => void;
  /** Milliseconds since 1970 when it goes by itself; null stays. */
  until_ms: number | null;
};

const SHOWN_MAX = 3;
const UNDO_MAX = 200;
let items: readonly ToastItem[] = [];
let undoStack: Array<{ id: number; undo: () => void }> = [];
let next = 1;
const listeners = new Set<() => void>();

function publish(now: readonly ToastItem[]): void {
  items = now;
  for (const tell of listeners) tell();
}

/** Adds a line; the answer is its id. `seconds` null keeps it until it is closed. */
export function toast(message: string, options: { tone?: ToastItem["tone"]; undo?: () => void; seconds?: number | null } = {}): number {
  const id = next++;
  const seconds = options.seconds === undefined ? 10 : options.seconds;
  const item: ToastItem = { id, message, tone: options.tone ?? "plain", undo: options.undo, until_ms: seconds === null ? null : Date.now() + seconds * 1000 };
  if (options.undo) undoStack = [...undoStack, { id, undo: options.undo }].slice(-UNDO_MAX);
  publish([...items, item].slice(-SHOWN_MAX));
  return id;
}

export function dismissToast(id: number): void {
  publish(items.filter((t) => t.id !== id));
}

/** The undo is no longer possible (grace over, sent). */
export function forgetUndo(id: number): void {
  undoStack = undoStack.filter((u) => u.id !== id);
  publish(items.map((t) => (t.id === id ? { ...t, undo: undefined } : t)));
}

/** Takes back the latest act; false when there is none. */
export function undoLast(): boolean {
  const last = undoStack.at(-1);
  if (!last) return false;
  return undoOne(last.id);
}

export function undoOne(id: number): boolean {
  const found = undoStack.find((u) => u.id === id);
  if (!found) return false;
  undoStack = undoStack.filter((u) => u.id !== id);
  dismissToast(id);
  found.undo();
  return true;
}

export function useToasts(): readonly ToastItem[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => items,
  );
}
