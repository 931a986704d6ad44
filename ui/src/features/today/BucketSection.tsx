import { Link } from "@tanstack/react-router";
import { m } from "../../i18n";
import type { Bucket } from "../../ipc";
import { CaseRow } from "../cases/CaseRow";
import { Section } from "./Section";
import style from "./Today.module.css";

type Name = "overdue" | "today" | "week" | "waiting";

const TITLES: Record<Name, () => string> = { overdue: m.today_overdue, today: m.today_due, week: m.today_week, waiting: m.today_waiting };
const NONE: Record<Name, () => string> = { overdue: m.today_overdue_none, today: m.today_due_none, week: m.today_week_none, waiting: m.today_waiting_none };

/** An empty bucket is one line; a long one says how many more there are and leads to them. */
export function BucketSection({ name, bucket }: { name: Name; bucket: Bucket }) {
  if (bucket.count === 0) return <p className={style.none}>{NONE[name]()}</p>;
  const more = bucket.count - bucket.rows.length;
  return (
    <Section
      title={TITLES[name]()}
      count={bucket.count}
      tone={name === "overdue" || name === "today" ? name : undefined}
      sign={name === "overdue" ? "diamond" : name === "today" ? "dot" : "none"}
      note={name === "overdue" ? m.today_overdue_note() : name === "waiting" ? m.today_waiting_note() : undefined}
    >
      {bucket.rows.map((card) => (
        <CaseRow key={card.id} card={card} />
      ))}
      {more > 0 && (
        <Link to="/cases" search={{ bucket: name }} className={style.more}>
          {m.today_more({ count: more })}
        </Link>
      )}
    </Section>
  );
}
