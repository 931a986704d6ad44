import { Link } from "@tanstack/react-router";
import { m } from "../../i18n";
import type { DutyView } from "../../ipc";
import { CaseRow } from "../cases/CaseRow";
import { dutyWords, isLate } from "../cases/duty";
import { Section } from "./Section";
import style from "./Today.module.css";

/** What waits for this person's own next step: the first few by deadline, and the way to all of them. */
export function DutySection({ duty: { key, bucket } }: { duty: DutyView }) {
  return (
    <Section title={dutyWords(key)} count={bucket.count} tone={isLate(key) ? "overdue" : undefined} sign={isLate(key) ? "diamond" : "none"}>
      {bucket.rows.map((card) => (
        <CaseRow key={card.id} card={card} />
      ))}
      {bucket.count > bucket.rows.length && (
        <Link to="/cases" search={{ duty: key }} className={style.more}>
          {m.today_all({ count: bucket.count })}
        </Link>
      )}
    </Section>
  );
}
