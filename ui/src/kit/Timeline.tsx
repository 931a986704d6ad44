import type { ReactNode } from "react";
import { Shape, type Sign, type Tone } from "./Chip";
import { cx } from "./classes";
import style from "./Timeline.module.css";

/** All events, only ever added to; a withdrawn one stays and is struck through. */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className={style.list}>
      {children}
    </ol>
  );
}

export type TimelineItemProps = { title: ReactNode; time: ReactNode; meta?: ReactNode; state?: ReactNode; sign?: Sign; tone?: Tone; withdrawn?: boolean; children?: ReactNode };

export function TimelineItem({ title, time, meta, state, sign = "ring", tone = "neutral", withdrawn, children }: TimelineItemProps) {
  const colour = tone === "neutral" || tone === "offline" ? undefined : style[tone];
  return (
    <li className={cx(style.item, withdrawn && style.withdrawn)}>
      <span className={cx(style.knot, colour)}>
        <Shape sign={sign} />
      </span>
      <div>
        <div className={style.head}>
          <span className={style.title}>{title}</span>
          <span className={style.time}>{time}</span>
          {state && <span className={style.state}>{state}</span>}
        </div>
        {meta && <div className={style.meta}>{meta}</div>}
        {children}
      </div>
    </li>
  );
}
