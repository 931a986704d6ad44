/**
 * Personal data of a record: masked, until somebody says why they must see it; the reason is in the access log before
 * the values are here. What is shown goes through no cache: it ends with this page.
 */
import { type ComponentType, type ReactNode, useState } from "react";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import type { ApiError } from "../../ipc";
import { Button } from "../../kit";
import css from "./Personal.module.css";
import { type PersonalField, UnmaskDialog } from "./UnmaskDialog";

type Props = {
  record: string;
  /** In the order they are shown. */
  fields: readonly PersonalField[];
  masked: Readonly<Record<string, string>>;
  mayUnmask: boolean;
  /** Facts before them. */
  first?: ReactNode;
  /** What was shown so far: kept by the page, which ends it. */
  clear: Readonly<Record<string, string>>;
  onShown: (fields: Readonly<Record<string, string>>) => void;
  /** Buttons beside 显示. */
  beside?: ReactNode;
  Refusal?: ComponentType<{ error: ApiError }>;
};

export function PersonalFacts({ record, fields, masked, mayUnmask, first, clear, onShown, beside, Refusal }: Props) {
  const [open, setOpen] = useState(false);
  const recorded = fields.filter((f) => masked[f.name] !== undefined);
  return (
    <>
      {recorded.length > 0 && (
        <dl className={css.facts} data-testid="party">
          {first}
          {recorded.map((field) => (
            <div key={field.name} className={css.fact}>
              <dt>{field.label}</dt>
              <dd data-testid={`party-${field.name}`}>{clear[field.name] === undefined ? masked[field.name] : <strong>{clear[field.name]}</strong>}</dd>
            </div>
          ))}
        </dl>
      )}
      {recorded.length > 0 && (
        <p className={css.small} role="status">
          {Object.keys(clear).length > 0 ? m.personal_clear() : m.personal_masked()}
        </p>
      )}
      <div className={css.row}>
        {recorded.length > 0 && mayUnmask && (
          <Marked name="party-unmask">
            <Button onPress={() => setOpen(true)}>{m.personal_unmask()}</Button>
          </Marked>
        )}
        {beside}
      </div>
      {open && (
        <UnmaskDialog
          record={record}
          fields={recorded}
          {...(Refusal ? { Refusal } : {})}
          onClose={() => setOpen(false)}
          onShown={(shown) => {
            onShown({ ...clear, ...shown });
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
