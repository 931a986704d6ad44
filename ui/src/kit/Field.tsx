/** What every field has: label above, hint below, error with a sign and not only a colour. */
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { FieldError, Label, Text } from "react-aria-components";
import { m } from "../i18n";
import style from "./Field.module.css";

export type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** A sentence; the field is marked wrong while there is one. */
  error?: string | null;
  required?: boolean;
};

export function FieldLabel({ label, required }: Pick<FieldProps, "label" | "required">) {
  return (
    <Label className={style.label}>
      {label}
      {required && <span className={style.need}>{m.kit_required()}</span>}
    </Label>
  );
}

export function FieldFoot({ hint, error }: Pick<FieldProps, "hint" | "error">) {
  return (
    <>
      {hint && (
        <Text slot="description" className={style.hint}>
          {hint}
        </Text>
      )}
      {error && (
        <FieldError className={style.error}>
          <CircleAlert aria-hidden="true" />
          <span>{error}</span>
        </FieldError>
      )}
    </>
  );
}
