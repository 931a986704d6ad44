/** Between what is typed and what a `FieldValue` holds. Whether it is right is `domain`'s to say, not ours. */
import type { Field, FieldProblem, FieldValue } from "../ipc/api.gen";
import { plainDecimal } from "../kit/decimal";

export type Values = Readonly<Record<string, FieldValue>>;

/**
 * What typed text means for a field; `undefined` clears it. A number that is none is kept as typed,
 * so nothing anybody wrote is lost, and `domain` answers `not_a_number`.
 */
export function fromTyped(field: Pick<Field, "kind">, typed: string): FieldValue | undefined {
  switch (field.kind) {
    case "whole": {
      const plain = plainDecimal(typed);
      if (plain === "") return undefined;
      return /^\d{1,15}$/.test(plain) ? Number(plain) : plain;
    }
    case "decimal": {
      const plain = plainDecimal(typed);
      return plain === "" ? undefined : plain;
    }
    default:
      return typed === "" ? undefined : typed;
  }
}

/** The text to stand in an input. */
export function toTyped(value: FieldValue | undefined): string {
  if (value === undefined || typeof value === "boolean") return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

export function chosen(value: FieldValue | undefined): string[] {
  if (Array.isArray(value)) return value;
  return typeof value === "string" && value !== "" ? [value] : [];
}

/** Values with one field set or cleared. Cleared fields leave no trace in the draft. */
export function withValue(values: Values, key: string, value: FieldValue | undefined): Record<string, FieldValue> {
  const next: Record<string, FieldValue> = { ...values };
  if (value === undefined || (Array.isArray(value) && value.length === 0)) delete next[key];
  else next[key] = value;
  return next;
}

/** Fields to draw: the catalogue's order, only what `domain` called visible. */
export function shown(fields: readonly Field[], visible: readonly string[]): Field[] {
  return fields.filter((field) => visible.includes(field.key));
}

/** Fields drawn at once; the rest of a long type waits behind 更多. */
export const FIRST_SHOWN = 4;

/**
 * Splits a type's fields: what must be filled (now or before filing), what is filled already, what is
 * wrong, and the first few stand open; the others can be opened.
 */
export function split(fields: readonly Field[], values: Values, problems: readonly FieldProblem[]): { open: Field[]; more: Field[] } {
  const stands = (field: Field, i: number) =>
    i < FIRST_SHOWN || field.required || field.required_to_file || field.kind === "computed" || values[field.key] !== undefined || problems.some((p) => p.field === field.key);
  const open = fields.filter(stands);
  // One or two left over are not worth a press.
  return fields.length - open.length < 3 ? { open: [...fields], more: [] } : { open, more: fields.filter((f, i) => !stands(f, i)) };
}

/** One-of with few choices is tiles; more becomes a list one can type in. */
export const TILES_MAX = 8;

/**
 * The problem to show at a field. What is merely not filled in yet is said only once somebody tried
 * to save; what is wrong is said at once.
 */
export function problemAt(problems: readonly FieldProblem[], key: string, tried: boolean): FieldProblem | undefined {
  return problems.find((p) => p.field === key && (tried || p.code !== "required"));
}

/** Values whose field is no longer visible: kept in the draft, so that changing one's mind loses nothing. */
export function hiddenValues(values: Values, visible: readonly string[]): string[] {
  return Object.keys(values).filter((key) => !visible.includes(key));
}
