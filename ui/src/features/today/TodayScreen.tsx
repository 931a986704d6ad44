import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { Suspense, lazy } from "react";
import { Page } from "../../app/Page";
import { mayRecord, mayWalk } from "../../app/rail";
import { useReadyState } from "../../app/session";
import { useCommands } from "../../command";
import { m } from "../../i18n";
import { longDay } from "../../i18n/format";
import { type TodayView, useRead } from "../../ipc";
import { Button, EmptyState, ErrorNote, Skeleton, moveRow } from "../../kit";
import { BucketSection } from "./BucketSection";
import { DraftRow } from "./DraftRow";
import { DutySection } from "./DutySection";
import { LateSection } from "./LateSection";
import { ReturnedRow } from "./ReturnedRow";
import { RoundStrip } from "./RoundStrip";
import { Section } from "./Section";
import style from "./Today.module.css";

/** Only for those who serve papers, and only while some wait. */
const PaperDuties = lazy(() => import("./PaperDuties").then((part) => ({ default: part.PaperDuties })));

/** 今天: what came back, what is half written, then by deadline: 逾期 → 今天 → 本周 → 等别人. */
export function TodayScreen() {
  const { data, error, refetch } = useRead("today.show", {});
  useTodayKeys();
  return (
    <Page title={m.today_title()} aside={data && <span>{longDay(data.date)}</span>} end={<Acts today={data} />}>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data ? <Lists today={data} /> : !error && <Skeleton lines={8} />}
    </Page>
  );
}

function useTodayKeys(): void {
  useCommands([
    { id: "today.down", label: m.app_next_row(), keys: ["j", "ArrowDown"], scope: "list", hidden: true, run: () => moveRow(1) },
    { id: "today.up", label: m.app_previous_row(), keys: ["k", "ArrowUp"], scope: "list", hidden: true, run: () => moveRow(-1) },
  ]);
}

function Acts({ today }: { today: TodayView | undefined }) {
  const { user } = useReadyState();
  const navigate = useNavigate();
  const roles = user?.roles ?? [];
  if (!mayRecord(roles)) return null;
  return (
    <>
      {today && mayWalk(roles) && <RoundStrip today={today} />}
      <Button tone="primary" icon={<Plus aria-hidden="true" />} keys="N" onPress={() => void navigate({ to: "/new", search: {} })}>
        {m.app_new_case()}
      </Button>
    </>
  );
}

function Lists({ today }: { today: TodayView }) {
  const { host } = useReadyState();
  const papers = useRead("paper.duties", {});
  const idle = (papers.data ?? []).length + today.returned.length + today.drafts.length + today.duties.length + today.pairs + (today.late_photos?.count ?? 0) + today.overdue.count + today.today.count + today.week.count + today.waiting.count === 0;
  return (
    <div className={style.lists}>
      {today.returned.length > 0 && (
        <Section title={m.today_returned()} count={today.returned.length} tone="today" sign="diamond" note={m.today_returned_note()}>
          {today.returned.map((r) => (
            <ReturnedRow key={r.card.id} item={r} />
          ))}
        </Section>
      )}
      {today.drafts.length > 0 && (
        <Section title={m.today_drafts()} count={today.drafts.length} note={host === "web" ? m.today_drafts_note_web() : m.today_drafts_note()}>
          {today.drafts.map((d) => (
            <DraftRow key={d.id} draft={d} />
          ))}
        </Section>
      )}
      {today.late_photos && <LateSection late={today.late_photos} />}
      {today.pairs > 0 && (
        <Section title={m.office_pairs()} count={today.pairs} note={m.office_pairs_note()}>
          <Link to="/pairs" search={{}} className={style.more} data-testid="today-pairs">
            {m.office_pairs_open({ count: today.pairs })}
          </Link>
        </Section>
      )}
      {today.duties.map((duty) => (
        <DutySection key={duty.key} duty={duty} />
      ))}
      {papers.error && <ErrorNote error={papers.error} onRetry={() => void papers.refetch()} />}
      {papers.data && papers.data.length > 0 && (
        <Suspense fallback={<Skeleton lines={4} />}>
          <PaperDuties duties={papers.data} />
        </Suspense>
      )}
      {idle ? (
        <EmptyState title={m.today_nothing()} why={today.unvisited > 0 ? m.today_unvisited({ count: today.unvisited }) : m.today_nothing_why()}>
          <Link to="/rounds">{m.round_coverage()}</Link>
          <Link to="/compounds" search={{}}>
            {m.today_see_compounds()}
          </Link>
        </EmptyState>
      ) : (
        <>
          <BucketSection name="overdue" bucket={today.overdue} />
          <BucketSection name="today" bucket={today.today} />
          <BucketSection name="week" bucket={today.week} />
          <BucketSection name="waiting" bucket={today.waiting} />
        </>
      )}
      <p className={style.foot}>{m.today_done({ count: today.done_today })}</p>
    </div>
  );
}
