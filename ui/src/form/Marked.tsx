/** Names a control for end-to-end tests: the element a person types into or presses, not the box around it. */
import { type ReactNode, useLayoutEffect, useRef } from "react";
import css from "./Form.module.css";

type Props = {
  /** One name, or one for each match in their order. */
  name: string | readonly string[];
  selector?: string;
  children: ReactNode;
};

export function Marked({ name, selector = "input, textarea, button", children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const names = typeof name === "string" ? [name] : name;
    const found = box.current?.querySelectorAll(selector) ?? [];
    names.forEach((n, i) => found[i]?.setAttribute("data-testid", n));
  });
  return (
    <div ref={box} className={css.contents}>
      {children}
    </div>
  );
}
