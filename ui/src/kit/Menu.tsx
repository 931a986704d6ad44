import type { ReactElement, ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { Kbd } from "./Kbd";
import field from "./Field.module.css";
import style from "./Menu.module.css";

export type MenuAction = { id: string; label: string; onAction: () => void; keys?: string; icon?: ReactNode; isDisabled?: boolean };

/** `trigger` is a kit `Button` or `IconButton`. */
export function Menu({ label, trigger, items }: { label: string; trigger: ReactElement; items: readonly MenuAction[] }) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={field.popover}>
        <AriaMenu aria-label={label} className={field.list}>
          {items.map((item) => (
            <MenuItem key={item.id} id={item.id} textValue={item.label} onAction={item.onAction} isDisabled={item.isDisabled ?? false} className={style.item}>
              {item.icon}
              <span className={style.text}>{item.label}</span>
              {item.keys && <Kbd keys={item.keys} />}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
