import { Check, ChevronDown } from "lucide-react";
import { Button, Select as AriaSelect, ListBox, ListBoxItem, Popover, SelectValue, Text } from "react-aria-components";
import { m } from "../i18n";
import { FieldFoot, FieldLabel, type FieldProps } from "./Field";
import { cx } from "./classes";
import style from "./Field.module.css";

export type Option = {
  value: string;
  label: string;
  description?: string;
  /** More words a search may hit: pinyin initials, codes. */
  search?: string;
  isDisabled?: boolean;
};

export type SelectProps = FieldProps & {
  options: readonly Option[];
  value: string | null;
  onChange: (value: string) => void;
  placeholder?: string;
  hideLabel?: boolean;
  dense?: boolean;
  isDisabled?: boolean;
  id?: string;
  className?: string;
};

/** One of a few. Beyond about fifteen use `ComboBox`. */
export function Select({ label, hint, error, required, options, value, onChange, placeholder, hideLabel, dense, className, ...rest }: SelectProps) {
  return (
    <AriaSelect
      {...rest}
      value={value}
      onChange={(key) => {
        if (typeof key === "string") onChange(key);
      }}
      placeholder={placeholder ?? m.kit_choose()}
      isRequired={required ?? false}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      aria-label={hideLabel ? label : undefined}
      className={cx(style.field, className)}
    >
      {!hideLabel && <FieldLabel label={label} required={required} />}
      <Button className={cx(style.select, dense && style.dense)}>
        <SelectValue className={style.value}>{({ selectedText, isPlaceholder, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}</SelectValue>
        <ChevronDown aria-hidden="true" className={style.chevron} />
      </Button>
      <FieldFoot hint={hint} error={error} />
      <Popover className={style.popover}>
        <ListBox className={style.list} items={options.map((o) => ({ ...o, id: o.value }))}>
          {(option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

export function OptionItem({ option }: { option: Option }) {
  return (
    <ListBoxItem id={option.value} textValue={option.label} isDisabled={option.isDisabled ?? false} className={style.option}>
      <span className={style.words}>
        <Text slot="label">{option.label}</Text>
        {option.description && (
          <Text slot="description" className={style.description}>
            {option.description}
          </Text>
        )}
      </span>
      <Check aria-hidden="true" className={style.tick} />
    </ListBoxItem>
  );
}
