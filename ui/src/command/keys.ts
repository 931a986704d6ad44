/**
 * Keys as text: `Mod+Enter`, `Shift+Mod+Enter`, `F8`, `j`, `?`, `G T` (one after the other).
 * `Mod` is Ctrl, or ⌘ on a Mac. A single character may be switched off (WCAG 2.1.4).
 */
export type KeyEvent = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

type Step = { key: string; mod: boolean; alt: boolean; shift: boolean };

export function parseStep(text: string): Step {
  const parts = text.length > 1 ? text.split("+") : [text];
  const step: Step = { key: "", mod: false, alt: false, shift: false };
  for (const part of parts) {
    if (part === "Mod" || part === "Ctrl") step.mod = true;
    else if (part === "Alt") step.alt = true;
    else if (part === "Shift") step.shift = true;
    else step.key = part === "Space" ? " " : part;
  }
  return step;
}

function isCharacter(key: string): boolean {
  return [...key].length === 1 && key !== " ";
}

/** Whether the keys are a character without Ctrl or Alt, which a person may switch off. */
export function isLetterKeys(keys: string): boolean {
  const first = parseStep(keys.split(" ")[0] ?? "");
  return isCharacter(first.key) && !first.mod && !first.alt;
}

export function matchesStep(event: KeyEvent, text: string): boolean {
  const step = parseStep(text);
  const mod = event.ctrlKey || event.metaKey;
  if (mod !== step.mod || event.altKey !== step.alt) return false;
  if (event.key.toLowerCase() !== step.key.toLowerCase()) return false;
  // A punctuation mark such as `?` needs Shift on some layouts and not on others: only its own sign counts.
  const shiftIsPartOfSign = isCharacter(step.key) && step.key.toLowerCase() === step.key.toUpperCase();
  return shiftIsPartOfSign || event.shiftKey === step.shift;
}
