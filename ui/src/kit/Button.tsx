import type { ReactNode, Ref } from "react";
import { Button as AriaButton, Tooltip, TooltipTrigger } from "react-aria-components";
import { cx } from "./classes";
import { Kbd } from "./Kbd";
import style from "./Button.module.css";

export type ButtonTone = "plain" | "primary" | "quiet" | "danger";

export type ButtonProps = {
  children: ReactNode;
  onPress?: () => void;
  tone?: ButtonTone;
  /** Office rows only: below the inspector's 44 px. */
  dense?: boolean;
  wide?: boolean;
  icon?: ReactNode;
  /** The key that does the same, shown inside: keys are taught in place. */
  keys?: string;
  isDisabled?: boolean;
  autoFocus?: boolean;
  type?: "button" | "submit";
  id?: string;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-expanded"?: boolean;
  "aria-pressed"?: boolean;
};

export function Button({ children, tone = "plain", dense, wide, icon, keys, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={cx(style.button, tone !== "plain" && style[tone], dense && style.dense, wide && style.wide, className)}>
      {icon}
      <span>{children}</span>
      {keys && <Kbd keys={keys} />}
    </AriaButton>
  );
}

export type IconButtonProps = Omit<ButtonProps, "children" | "icon" | "aria-label" | "wide"> & {
  /** The accessible name, also shown on hover and focus. */
  label: string;
  icon: ReactNode;
};

export function IconButton({ label, icon, tone = "quiet", dense, keys, className, ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={400}>
      <AriaButton {...rest} aria-label={label} className={cx(style.button, style.icon, tone !== "plain" && style[tone], dense && style.dense, className)}>
        {icon}
      </AriaButton>
      <Tooltip className={style.tooltip} offset={6}>
        {label} {keys && <Kbd keys={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** Looks like a link, acts in place. For going somewhere use `Link` of the router. */
export function LinkButton({ children, className, ...rest }: Pick<ButtonProps, "children" | "onPress" | "isDisabled" | "id" | "className" | "aria-label" | "aria-expanded">) {
  return (
    <AriaButton {...rest} className={cx(style.link, className)}>
      {children}
    </AriaButton>
  );
}
