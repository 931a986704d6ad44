/**
 * Keys to commands. A key of an input method is never ours; nor is a character typed into a field,
 * nor anything behind an open dialog.
 */
import { isIme } from "../kit/ime";
import { dialogsOpen } from "../kit/dialogs";
import { type Command, currentCommands } from "./registry";
import { isLetterKeys, matchesStep } from "./keys";

const SEQUENCE_MS = 1200;
let letterKeys = true;
let pending: { first: KeyboardEvent; at: number } | null = null;

/** With Ctrl in a field these are the field's: undo, redo, select, cut, copy, paste. */
const NATIVE_IN_FIELDS = new Set(["z", "y", "a", "x", "c", "v"]);

/** The person's own choice in 设置. */
export function setLetterKeys(on: boolean): void {
  letterKeys = on;
}

export function isEditable(target: EventTarget | null): boolean {
  if (typeof HTMLElement === "undefined" || !(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (!(target instanceof HTMLInputElement)) return false;
  return !["button", "checkbox", "radio", "range", "submit", "reset", "file", "image"].includes(target.type);
}

/** Inside something that has arrows, letters and Space of its own. */
function hasOwnKeys(target: EventTarget | null, key: string): boolean {
  if (typeof Element === "undefined" || !(target instanceof Element)) return false;
  if (target.closest('[role="menu"], [role="listbox"]')) return true;
  if (key === "Enter" || key === " ") {
    return target.closest('button, a[href], summary, [role="button"], [role="radio"], [role="checkbox"], [role="tab"], [role="row"], input') !== null;
  }
  if (key.startsWith("Arrow")) return target.closest('[role="radiogroup"], [role="tablist"], [role="slider"], input[type="radio"], [data-arrows]') !== null;
  if (/^[0-9]$/.test(key)) return target.closest("[data-digits]") !== null;
  return false;
}

export function findCommand(event: KeyboardEvent, commands: readonly Command[] = currentCommands()): Command | null {
  if (isIme(event) || event.defaultPrevented) return null;
  const scopes = new Set(commands.map((c) => c.scope));
  const typing = isEditable(event.target);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const now = Date.now();
  const first = pending && now - pending.at < SEQUENCE_MS ? pending.first : null;
  pending = null;

  const allowed = (command: Command, keys: string): boolean => {
    if (dialogsOpen() > 0 && command.scope !== "dialog") return false;
    if (isLetterKeys(keys) && (!letterKeys || (scopes.has("form") && command.scope === "global"))) return false;
    if (typing && plain && !(command.inFields && event.key.length > 1)) return false;
    if (typing && !plain && NATIVE_IN_FIELDS.has(event.key.toLowerCase())) return false;
    return !(plain && hasOwnKeys(event.target, event.key));
  };

  for (const command of commands) {
    for (const keys of command.keys ?? []) {
      if (!allowed(command, keys)) continue;
      const [a = "", b] = keys.split(" ").filter((s) => s !== "");
      if (b === undefined) {
        if (!first && matchesStep(event, a === "" ? " " : a)) return command;
      } else if (first && matchesStep(first, a) && matchesStep(event, b)) {
        return command;
      }
    }
  }
  for (const command of commands) {
    for (const keys of command.keys ?? []) {
      const [a = "", b] = keys.split(" ");
      if (b && allowed(command, keys) && matchesStep(event, a)) {
        pending = { first: event, at: now };
        return null;
      }
    }
  }
  return null;
}

/** Listens on the window; the answer stops it. */
export function startHotkeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const command = findCommand(event);
    if (!command) return;
    event.preventDefault();
    command.run();
  };
  // Fields keep their keydowns to themselves, so combinations with Ctrl are heard on the way down;
  // everything else on the way up, after lists and dialogs have had their turn.
  const onWayDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) onKeyDown(event);
  };
  const onWayUp = (event: KeyboardEvent) => {
    if (!event.ctrlKey && !event.metaKey) onKeyDown(event);
  };
  window.addEventListener("keydown", onWayDown, true);
  window.addEventListener("keydown", onWayUp);
  return () => {
    window.removeEventListener("keydown", onWayDown, true);
    window.removeEventListener("keydown", onWayUp);
  };
}
