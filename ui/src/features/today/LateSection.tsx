import { Link } from "@tanstack/react-router";
import { useReadyState } from "../../app/session";
import { m } from "../../i18n";
import type { LatePhotos } from "../../ipc";
import { Section } from "./Section";
import style from "./Today.module.css";

/** Photos three days on one machine only: the office is led to the list of all, a laptop to what it has not sent. */
export function LateSection({ late: { count, days, alarm } }: { late: LatePhotos }) {
  const web = useReadyState().host === "web";
  const loud = alarm === "too_long";
  return (
    <Section title={web ? m.missing_title() : m.missing_here_title()} count={count} tone={loud ? "overdue" : "today"} sign={loud ? "diamond" : "dot"}>
      <Link to={web ? "/missing" : "/sync"} className={style.more} data-testid="today-late">
        {(web ? m.missing_late_web : m.missing_late_here)({ count, days })}
      </Link>
    </Section>
  );
}
