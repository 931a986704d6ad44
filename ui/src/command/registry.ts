/**
 * One list of what can be done now. Hotkeys, the palette and the cheat sheet are drawn from it;
 * a screen adds to it with `useCommands` while it is mounted.
 */
import { useEffect, useRef, useSyncExternalStore } from "react";

/**
 * `global` works everywhere. The others belong to a screen. In `form` no single character acts;
 * `dialog` acts while a dialog is open, when nothing else does.
 */
export type Scope = "global" | "list" | "review" | "case" | "photo" | "form" | "dialog";

export type Command = {
  /** Stable, unique: `case.open`. */
  id: string;
  /** A verb, already in the language on screen. */
  label: string;
  run: () => void;
  scope: Scope;
  /** Alternatives, first one shown: `["Mod+Enter"]`, `["j", "ArrowDown"]`, `["G T"]`. */
  keys?: readonly string[];
  /** False: not now. */
  when?: boolean;
  /** Group on the cheat sheet and in the palette; the scope's own name when none. */
  group?: string;
  /** Kept out of the palette (movement keys). */
  hidden?: boolean;
  /** Also while typing in a field (only keys with Ctrl/Alt, function keys and Escape). */
  inFields?: boolean;
};

type Entry = { commands: readonly Command[]; order: number };

const entries = new Map<symbol, Entry>();
const listeners = new Set<() => void>();
let order = 0;
let snapshot: readonly Command[] = [];
let signature = "";

function publish(): void {
  const mounted = [...entries.values()].sort((a, b) => b.order - a.order).flatMap((e) => e.commands);
  // A screen's own key comes before the same key everywhere, whichever of the two was mounted first.
  const all = [...mounted.filter((c) => c.scope !== "global"), ...mounted.filter((c) => c.scope === "global")];
  const live = all.filter((c) => c.when !== false);
  const next = JSON.stringify(live.map((c) => [c.id, c.label, c.keys, c.scope, c.group, c.hidden]));
  snapshot = live;
  if (next === signature) return;
  signature = next;
  for (const tell of listeners) tell();
}

/** What can be done now, the most recently mounted screen first. */
export function currentCommands(): readonly Command[] {
  return snapshot;
}

export function runCommand(id: string): boolean {
  const found = snapshot.find((c) => c.id === id);
  found?.run();
  return found !== undefined;
}

/** Adds commands without React; the answer takes them away. */
export function addCommands(commands: readonly Command[]): () => void {
  const key = Symbol("commands");
  entries.set(key, { commands, order: ++order });
  publish();
  return () => {
    entries.delete(key);
    publish();
  };
}

/** `useCommands([{ id, label, keys, scope, when, run }])` while the component is mounted; `run` is always the latest. */
export function useCommands(commands: readonly Command[]): void {
  const key = useRef<symbol>(undefined);
  key.current ??= Symbol("commands");
  useEffect(() => {
    const own = key.current;
    if (!own) return;
    entries.set(own, { commands, order: entries.get(own)?.order ?? ++order });
    publish();
  });
  useEffect(
    () => () => {
      if (key.current) entries.delete(key.current);
      publish();
    },
    [],
  );
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

let lastSignature = "";
let lastList: readonly Command[] = [];

/** Re-renders when the list changes in a way that shows; `run` is looked up when it is needed. */
export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(subscribe, () => {
    if (lastSignature !== signature) {
      lastSignature = signature;
      lastList = snapshot;
    }
    return lastList;
  });
}
