import { type KeyboardEvent, type ReactNode, type Ref, useLayoutEffect, useRef } from "react";
import { TextField as AriaTextField, Group, Input, TextArea as AriaTextArea } from "react-aria-components";
import { FieldFoot, FieldLabel, type FieldProps } from "./Field";
import { cx } from "./classes";
import { imeGuard, isIme } from "./ime";
import style from "./Field.module.css";

export type TextFieldProps = FieldProps & {
  value: string;
  onChange: (value: string) => void;
  /** Enter that is not the input method's. */
  onEnter?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  onBlur?: () => void;
  /** The label is read but not drawn. */
  hideLabel?: boolean;
  before?: ReactNode;
  unit?: string | null;
  placeholder?: string;
  type?: "text" | "password" | "search" | "url";
  inputMode?: "text" | "decimal" | "numeric" | "url";
  autoComplete?: string;
  autoFocus?: boolean;
  isDisabled?: boolean;
  isReadOnly?: boolean;
  maxLength?: number;
  id?: string;
  name?: string;
  className?: string;
  inputRef?: Ref<HTMLInputElement>;
};

export function TextField(props: TextFieldProps) {
  const { label, hint, error, required, value, onChange, onEnter, onKeyDown, hideLabel, before, unit, placeholder, type = "text", inputMode, inputRef, className, ...rest } = props;
  return (
    <AriaTextField
      {...rest}
      {...imeGuard}
      type={type}
      value={value}
      onChange={onChange}
      isRequired={required ?? false}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      aria-label={hideLabel ? label : undefined}
      className={cx(style.field, className)}
      onKeyDown={(event) => {
        onKeyDown?.(event as unknown as KeyboardEvent);
        if (event.key === "Enter" && onEnter && !isIme(event as unknown as KeyboardEvent)) {
          event.preventDefault();
          onEnter();
          return;
        }
        // React Aria would keep every key; Escape and the rest belong to the screen.
        event.continuePropagation();
      }}
    >
      {!hideLabel && <FieldLabel label={label} required={required} />}
      <Group className={style.box} isInvalid={Boolean(error)} isDisabled={rest.isDisabled ?? false} role="presentation">
        {before && <span className={style.before}>{before}</span>}
        <Input ref={inputRef} className={style.input} placeholder={placeholder} inputMode={inputMode} />
        {unit && <span className={style.unit}>{unit}</span>}
      </Group>
      <FieldFoot hint={hint} error={error} />
    </AriaTextField>
  );
}

export type TextAreaProps = FieldProps & {
  value: string;
  onChange: (value: string) => void;
  /** Rows while empty; it grows with what is written. */
  rows?: number;
  hideLabel?: boolean;
  placeholder?: string;
  autoFocus?: boolean;
  isDisabled?: boolean;
  maxLength?: number;
  id?: string;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  areaRef?: Ref<HTMLTextAreaElement>;
};

export function TextArea({ label, hint, error, required, value, onChange, rows = 2, hideLabel, placeholder, areaRef, onKeyDown, ...rest }: TextAreaProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  // `field-sizing` is not in WebKitGTK 2.50: measure.
  useLayoutEffect(() => {
    const area = own.current;
    if (!area) return;
    area.style.height = "auto";
    if (area.scrollHeight > 0) area.style.height = `${area.scrollHeight + 2}px`;
  }, [value]);
  return (
    <AriaTextField
      {...rest}
      {...imeGuard}
      value={value}
      onChange={onChange}
      isRequired={required ?? false}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      aria-label={hideLabel ? label : undefined}
      className={style.field}
      onKeyDown={(event) => {
        onKeyDown?.(event as unknown as KeyboardEvent);
        event.continuePropagation();
      }}
    >
      {!hideLabel && <FieldLabel label={label} required={required} />}
      <Group className={style.box} isInvalid={Boolean(error)} isDisabled={rest.isDisabled ?? false} role="presentation">
        <AriaTextArea
          ref={(element) => {
            own.current = element;
            if (typeof areaRef === "function") areaRef(element);
            else if (areaRef) areaRef.current = element;
          }}
          rows={rows}
          placeholder={placeholder}
          className={cx(style.input, style.area)}
        />
      </Group>
      <FieldFoot hint={hint} error={error} />
    </AriaTextField>
  );
}
