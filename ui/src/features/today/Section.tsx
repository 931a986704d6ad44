import { type ReactNode, useId } from "react";
import { SectionHeading, type Sign } from "../../kit";
import style from "./Today.module.css";

type SectionProps = { title: string; count: number; tone?: "overdue" | "today"; sign?: Sign; note?: ReactNode; end?: ReactNode; children?: ReactNode };

/** A part of 今天 with its count; the rows are a list. */
export function Section({ title, count, children, ...rest }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <SectionHeading id={id} count={count} {...rest}>
        {title}
      </SectionHeading>
      {children && <div className={style.rows}>{children}</div>}
    </section>
  );
}
