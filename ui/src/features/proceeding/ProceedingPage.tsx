/** 执法程序: what was done, what may follow or stands in its way, what runs, and who it is against. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { Page } from "../../app/Page";
import { m, say, sayFirst } from "../../i18n";
import { dayText } from "../../i18n/format";
import { type ProceedingView, useRead } from "../../ipc";
import { Button, Card, Chip, DeadlineExplain, DeadlineText, ErrorNote, SectionHeading, Skeleton } from "../../kit";
import { NextPart } from "./NextPart";
import { PartyPart } from "./PartyPart";
import css from "./Proceeding.module.css";
import { RoadList, StepsList } from "./StepsList";
import { clockWords } from "./words";

export function ProceedingPage() {
  const { id } = useParams({ from: "/proceedings/$id" });
  const navigate = useNavigate();
  return <ProceedingScreen key={id} id={id} onCase={(caseId) => void navigate({ to: "/cases/$id", params: { id: caseId }, search: {} })} />;
}

export function ProceedingScreen({ id, onCase }: { id: string; onCase: (caseId: string) => void }) {
  const { data, error, refetch } = useRead("proceeding.get", { id });
  if (!data) return <Page title={m.proceeding_card()}>{error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}</Page>;
  const { card } = data;
  return (
    <Page
      title={`${m.proceeding_card()} ${card.cause}`}
      aside={
        <>
          <Chip tone="primary">{say(card.stage_label)}</Chip>
          {card.in_progress && <Chip tone="today">{m.proceeding_in_progress_chip()}</Chip>}
          {card.opening === "pending" && <Chip tone="offline">{m.proceeding_opening_pending()}</Chip>}
          <span>{m.proceeding_opened_on({ date: dayText(card.opened_on) })}</span>
        </>
      }
      end={<Button onPress={() => onCase(card.case_id)}>{m.proceeding_case({ no: card.case_no })}</Button>}
    >
      {card.opening === "refused" && <OpeningRefused code={card.opening_refused ?? ""} />}
      <div className={css.screen} data-testid="proceeding-page">
        <div className={css.column}>
          {card.opening !== "refused" && <NextPart view={data} />}
          <StepsList steps={data.steps} />
        </div>
        <div className={css.column}>
          <PartyPart view={data} onSaved={() => void refetch()} />
          <Clocks view={data} />
          <RoadList road={data.road} />
        </div>
      </div>
    </Page>
  );
}

function OpeningRefused({ code }: { code: string }) {
  const rule = useRead("proceeding.rules", {}).data?.find((r) => r.code === code);
  return (
    <p className={css.why} role="status">
      {m.proceeding_opening_refused_note({ reason: rule ? say(rule.label) : code })}
      {rule && <span className={css.basis}>{m.proceeding_article({ article: rule.article })}</span>}
    </p>
  );
}

function Clocks({ view }: { view: ProceedingView }) {
  if (view.clocks.length === 0 && !view.surcharge) return null;
  return (
    <Card label={m.proceeding_clocks()}>
      <SectionHeading>{m.proceeding_clocks()}</SectionHeading>
      <ul className={css.list} data-testid="proceeding-clocks">
        {view.clocks.map((clock) => {
          const { due_date, workdays_left, bucket, provisional } = clock.deadline;
          const state = clockWords(clock);
          const counts = clock.kind !== "earliest" && (clock.state === "running" || clock.state === "overdue");
          const day = dayText(due_date);
          return (
            <li key={clock.id} className={css.clock}>
              <span className={css.row}>
                <strong>{sayFirst(clock.label)}</strong>
                {counts ? <DeadlineText due_date={due_date} workdays_left={workdays_left} bucket={bucket} provisional={provisional} /> : <Chip tone={state.tone}>{state.text}</Chip>}
              </span>
              <span className={css.row}>
                {!counts && <span className={css.small}>{clock.kind === "earliest" ? m.proceeding_clock_earliest({ date: day }) : m.proceeding_clock_to({ date: day })}</span>}
                <DeadlineExplain deadline={clock.deadline} />
              </span>
            </li>
          );
        })}
        {view.surcharge && (
          <li className={css.clock}>
            <strong>{m.proceeding_surcharge()}</strong>
            <span>{m.proceeding_surcharge_note({ fine: view.surcharge.fine, days: view.surcharge.days, amount: view.surcharge.amount })}</span>
            {view.surcharge.capped && <span className={css.small}>{m.proceeding_surcharge_capped()}</span>}
          </li>
        )}
      </ul>
    </Card>
  );
}
