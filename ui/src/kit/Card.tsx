import type { ReactNode } from "react";
import { m } from "../i18n";
import { Shape, type Sign } from "./Chip";
import { cx } from "./classes";
import style from "./Card.module.css";

export function Card({ children, className, label }: { children: ReactNode; className?: string; label?: string }) {
  return label ? (
    <section aria-label={label} className={cx(style.card, className)}>
      {children}
    </section>
  ) : (
    <div className={cx(style.card, className)}>{children}</div>
  );
}

export type SectionHeadingProps = { children: ReactNode; count?: number; tone?: "overdue" | "today"; sign?: Sign; note?: ReactNode; end?: ReactNode; level?: 2 | 3; id?: string };

export function SectionHeading({ children, count, tone, sign = "none", note, end, level = 2, id }: SectionHeadingProps) {
  const H = `h${level}` as const;
  return (
    <div className={style.heading}>
      <H id={id} className={cx(style.title, tone && style[tone])}>
        <Shape sign={sign} />
        {children}
        {count !== undefined && <span className={style.count}>{count}</span>}
      </H>
      {note && <span className={style.note}>{note}</span>}
      {end && <span className={style.end}>{end}</span>}
    </div>
  );
}

/** Says why it is empty and offers the next useful act. */
export function EmptyState({ title, why, children }: { title: string; why?: ReactNode; children?: ReactNode }) {
  return (
    <div className={style.empty}>
      <p>
        <strong>{title}</strong>
      </p>
      {why && <p className={style.why}>{why}</p>}
      {children && <div className={style.acts}>{children}</div>}
    </div>
  );
}

/** Shows only after 200 ms: a local answer is usually there before. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className={style.skeleton} role="status">
      <span className="visually-hidden">{m.kit_reading()}</span>
      {Array.from({ length: lines }, (_, i) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className={style.bone} />
      ))}
    </div>
  );
}
