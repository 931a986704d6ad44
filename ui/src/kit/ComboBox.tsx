import { ChevronDown } from "lucide-react";
import { useMemo, useState } from "react";
import { Button, ComboBox as AriaComboBox, Group, Input, ListBox, Popover } from "react-aria-components";
import { m } from "../i18n";
import { FieldFoot, FieldLabel, type FieldProps } from "./Field";
import { type Option, OptionItem } from "./Select";
import { cx } from "./classes";
import { imeGuard } from "./ime";
import style from "./Field.module.css";

export type ComboBoxProps = FieldProps & {
  /** At most a thousand; longer lists are searched by Rust (`onInputChange`). */
  options: readonly Option[];
  value: string | null;
  /** Null when the text was cleared. */
  onChange: (value: string | null) => void;
  onInputChange?: (text: string) => void;
  /** Keep text that is not in the list: it is given to `onChange` as it was typed. */
  allowsOther?: boolean;
  placeholder?: string;
  hideLabel?: boolean;
  autoFocus?: boolean;
  isDisabled?: boolean;
  id?: string;
  className?: string;
};

/** Whether the typed text hits the option: its words, its description, or its pinyin initials. */
export function optionHits(option: Option, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return true;
  return [option.label, option.description, option.search].some((text) => text?.toLowerCase().includes(wanted));
}

export function ComboBox({ label, hint, error, required, options, value, onChange, onInputChange, allowsOther, placeholder, hideLabel, className, ...rest }: ComboBoxProps) {
  const chosen = options.find((o) => o.value === value)?.label ?? (allowsOther ? (value ?? "") : "");
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? chosen;
  const shown = useMemo(() => {
    const hits = typed === null || typed === chosen ? options : options.filter((o) => optionHits(o, typed));
    return hits.map((o) => ({ ...o, id: o.value }));
  }, [options, typed, chosen]);
  return (
    <AriaComboBox
      {...rest}
      {...imeGuard}
      items={shown}
      inputValue={text}
      onInputChange={(next) => {
        setTyped(next);
        onInputChange?.(next);
        if (allowsOther) onChange(next === "" ? null : (options.find((o) => o.label === next)?.value ?? next));
        else if (next === "") onChange(null);
      }}
      selectedKey={options.some((o) => o.value === value) ? value : null}
      onSelectionChange={(key) => {
        if (typeof key !== "string") return;
        setTyped(null);
        onChange(key);
      }}
      onBlur={() => setTyped(null)}
      allowsCustomValue={allowsOther ?? false}
      allowsEmptyCollection
      menuTrigger="focus"
      isRequired={required ?? false}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      aria-label={hideLabel ? label : undefined}
      className={cx(style.field, className)}
    >
      {!hideLabel && <FieldLabel label={label} required={required} />}
      <Group className={style.box} isInvalid={Boolean(error)} role="presentation">
        <Input className={style.input} placeholder={placeholder} />
        <Button className={style.trigger}>
          <ChevronDown aria-hidden="true" />
        </Button>
      </Group>
      <FieldFoot hint={hint} error={error} />
      <Popover className={style.popover}>
        <ListBox className={style.list} renderEmptyState={() => <div className={style.none}>{allowsOther ? m.kit_keep_typed() : m.kit_nothing_found()}</div>}>
          {(option: Option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
