/** How a fact is typed when it is edited: by the catalogue's field, or as one of the few every case has. */
import type { Catalogue, Category, FactView, Field } from "../../ipc";

const base = (fact: FactView, kind: Field["kind"], over: Partial<Field> = {}): Field => ({
  key: fact.key,
  label: fact.label,
  kind,
  required: false,
  required_to_file: false,
  required_to_finish: false,
  at_most: null,
  unit: fact.unit,
  scale: 0,
  min: null,
  max: null,
  choices: [],
  shown_if: null,
  ...over,
});

export function fieldOf(fact: FactView, category: Category | undefined, catalogue: Catalogue): Field {
  const own = category?.fields.find((f) => f.key === fact.key);
  if (own) return own;
  switch (fact.key) {
    case "severity":
      return base(fact, "one_of", { choices: catalogue.severities });
    case "type_code":
      return base(fact, "one_of", { choices: catalogue.types.map((t) => ({ value: t.code, label: t.label })) });
    case "in_progress":
      return base(fact, "flag");
    case "note":
      return base(fact, "long_text");
    default:
      return base(fact, typeof fact.value === "boolean" ? "flag" : Array.isArray(fact.value) ? "many_of" : "text");
  }
}

/** What an emptied field says: editing writes a value, and "nothing" is one. */
export function emptied(field: Field): boolean | string | string[] {
  if (field.kind === "flag") return false;
  return field.kind === "many_of" ? [] : "";
}
