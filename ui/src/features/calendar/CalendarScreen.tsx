/** 节假日: the year as it counts, its versions, and the import of a notice. */
import { useState } from "react";
import { Page } from "../../app/Page";
import { m } from "../../i18n";
import { moment } from "../../i18n/format";
import { type CalendarYear, useRead } from "../../ipc";
import { Card, Chip, ErrorNote, SectionHeading, Skeleton, Tiles } from "../../kit";
import style from "./Calendar.module.css";
import { ImportCard } from "./ImportCard";
import { YearGrid } from "./YearGrid";
import { standsWords } from "./words";

export function CalendarScreen() {
  const list = useRead("calendar.list", {});
  const [chosen, choose] = useState<number>();
  const year = chosen ?? Number(list.data?.today.slice(0, 4) ?? 0);
  if (list.error) {
    return (
      <Page title={m.calendar_title()}>
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      </Page>
    );
  }
  if (!list.data) {
    return (
      <Page title={m.calendar_title()}>
        <Skeleton lines={8} />
      </Page>
    );
  }
  const options = list.data.years.map((y) => ({ value: String(y.year), label: m.calendar_year({ year: String(y.year) }), hint: y.stands === "provisional" ? m.calendar_not_imported() : standsWords(y.stands) }));
  return (
    <Page title={m.calendar_title()} aside={<span>{m.calendar_note()}</span>}>
      <div className={style.screen} data-testid="calendar-page">
        <Tiles id="calendar-year" label={m.calendar_title()} hideLabel options={options} value={String(year)} onChange={(y) => choose(Number(y))} />
        <OneYear key={year} year={year} />
        {list.data.may_publish ? <ImportCard onPublished={choose} /> : <p className={style.quiet}>{m.calendar_readonly()}</p>}
      </div>
    </Page>
  );
}

function OneYear({ year }: { year: number }) {
  const read = useRead("calendar.year", { year });
  if (read.error) return <ErrorNote error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton lines={8} />;
  const { card, months } = read.data;
  return (
    <>
      <section aria-label={m.calendar_months()} className={style.part}>
        <SectionHeading note={m.calendar_legend()} end={<Chip tone={card.stands === "provisional" ? "today" : "done"}>{standsWords(card.stands)}</Chip>}>
          {m.calendar_year({ year: String(card.year) })}
        </SectionHeading>
        <YearGrid months={months} />
      </section>
      <Versions year={read.data} />
    </>
  );
}

function Versions({ year }: { year: CalendarYear }) {
  return (
    <Card label={m.calendar_versions()}>
      <SectionHeading count={year.versions.length}>{m.calendar_versions()}</SectionHeading>
      {year.versions.length === 0 ? (
        <p className={style.quiet}>{m.calendar_versions_none()}</p>
      ) : (
        <ul className={style.list} data-testid="calendar-versions">
          {year.versions.map((v) => (
            <li key={v.id} className={style.row}>
              <strong>{v.notice_no || v.id}</strong>
              {v.in_force && <Chip tone="done">{m.calendar_in_force()}</Chip>}
              <span className={style.quiet}>{m.calendar_version_by({ name: v.author, time: moment(v.wall_ms), count: v.days })}</span>
              {v.source !== "" && <span className={style.source}>{v.source}</span>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
