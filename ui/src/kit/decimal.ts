/** Decimals stay text from the key to the event: no float ever stands between. */

const FULL_WIDTH: Record<string, string> = { "．": ".", "。": ".", "·": ".", "，": "", ",": "", "－": "-" };

/** What an input method may leave behind made plain: full-width digits and stops, thousands commas, spaces. */
export function plainDecimal(typed: string): string {
  return [...typed]
    .map((c) => {
      const code = c.codePointAt(0) ?? 0;
      if (code >= 0xff10 && code <= 0xff19) return String(code - 0xff10);
      return FULL_WIDTH[c] ?? c;
    })
    .join("")
    .replace(/\s/gu, "");
}

/** `not_a_number`, `too_fine`, or null when it is a non-negative decimal with at most `scale` digits. */
export function decimalProblem(text: string, scale: number): "not_a_number" | "too_fine" | null {
  if (text === "") return null;
  const found = /^\d+(?:\.(\d*))?$/u.exec(text);
  if (!found) return "not_a_number";
  return (found[1]?.length ?? 0) > scale ? "too_fine" : null;
}
