/** 巡查: the stops in order; Enter says 到达 and goes on to the next. Large targets, no map needed, works offline. */
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Page } from "../../app/Page";
import { useCommands } from "../../command";
import { m } from "../../i18n";
import { dayAndWeekday } from "../../i18n/format";
import { clockMinutes } from "./clock";
import { type ApiError, asApiError, type RoundActRequest, type RoundStopView, type RoundView, useRead, useWrite } from "../../ipc";
import { Button, Chip, EmptyState, ErrorNote, SectionHeading, Select, Shape, Skeleton, TextField, toast } from "../../kit";
import { Marked } from "../../form/Marked";
import { CaseRow } from "../cases/CaseRow";
import { RoundPapers } from "../paper/PapersCard";
import css from "./Round.module.css";
import { outcomeWords, statusWords } from "./words";

export function RoundScreen() {
  const { id } = useParams({ from: "/rounds/$id" });
  const { data, error, refetch } = useRead("round.get", { id });
  if (!data) return <Page title={m.round_title()}>{error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}</Page>;
  return <Round key={id} view={data} />;
}

const ASK: Omit<RoundActRequest, "id" | "action"> = { stop: "", result: "", reason: "", room: "", outcome: "", note: "" };

export function Round({ view }: { view: RoundView }) {
  const { card, stops } = view;
  const navigate = useNavigate();
  const act = useWrite("round.act");
  const draft = useWrite("draft.new");
  const firstOpen = stops.find((s) => s.result === "");
  const [chosen, setChosen] = useState<string>();
  const [error, setError] = useState<ApiError>();
  const [asking, setAsking] = useState<"skip" | "end" | "drop">();
  const [words, setWords] = useState("");
  const current = stops.find((s) => s.id === chosen) ?? firstOpen ?? stops[0];
  const walking = view.actions.includes("stop");
  const may = (action: string) => view.actions.includes(action);
  const send = async (action: string, more: Partial<typeof ASK>) => {
    setError(undefined);
    try {
      await act.mutateAsync({ id: card.id, action, ...ASK, ...more });
      setAsking(undefined);
      setWords("");
      return true;
    } catch (thrown) {
      setError(asApiError(thrown));
      return false;
    }
  };
  const answer = async (stop: RoundStopView, result: string, reason = "") => {
    if (!(await send("stop", { stop: stop.id, result, reason }))) return;
    const at = stops.findIndex((s) => s.id === stop.id);
    const next = [...stops.slice(at + 1), ...stops.slice(0, at)].find((s) => s.result === "" && s.id !== stop.id);
    setChosen(result === "open" ? stop.id : (next?.id ?? stop.id));
    if (result !== "open") toast(m.round_answered({ stop: stop.label, what: result === "done" ? m.round_done() : m.round_skipped() }), { undo: () => void answer(stop, "open") });
  };
  const arrive = () => current && void answer(current, "done");
  const move = (by: number) => {
    const at = stops.findIndex((s) => s.id === current?.id);
    setChosen(stops[Math.min(stops.length - 1, Math.max(0, at + by))]?.id);
  };
  const recordHere = () =>
    draft.mutate({ compound_id: card.compound_id, building: current?.door ? current.label : null, pin: current?.pin ?? null }, { onSuccess: (made) => void navigate({ to: "/new", search: { draft: made.id } }) });
  useCommands([
    { id: "round.arrive", label: m.round_arrive(), keys: ["Enter"], scope: "list", when: walking && asking === undefined, run: arrive },
    { id: "round.skip", label: m.round_skip(), keys: ["s"], scope: "list", when: walking, run: () => setAsking("skip") },
    { id: "round.new", label: m.round_record(), keys: ["n"], scope: "list", when: walking, run: recordHere },
    { id: "round.next", label: m.app_next_row(), keys: ["j", "ArrowDown"], scope: "list", hidden: true, run: () => move(1) },
    { id: "round.back", label: m.app_previous_row(), keys: ["k", "ArrowUp"], scope: "list", hidden: true, run: () => move(-1) },
  ]);
  const answered = card.done + card.skipped;
  return (
    <Page
      title={m.round_of({ name: card.compound })}
      aside={
        <>
          <span>{dayAndWeekday(card.date)}</span>
          <span>{card.walker}</span>
          <Chip tone={card.missed ? "overdue" : card.status === "ENDED" ? "done" : "neutral"}>{card.missed ? m.round_missed() : statusWords(card.status)}</Chip>
          {view.pending > 0 && <Chip tone="offline">{m.round_pending({ count: view.pending })}</Chip>}
        </>
      }
      end={
        <>
          {walking && (
            <Button icon={<Plus aria-hidden="true" />} keys="N" onPress={recordHere}>
              {m.round_record()}
            </Button>
          )}
          {may("start") && (
            <Button tone="primary" onPress={() => void send("start", {})}>
              {m.round_start()}
            </Button>
          )}
          {may("end") && <Button onPress={() => setAsking("end")}>{m.round_end()}</Button>}
          {may("drop") && <Button onPress={() => setAsking("drop")}>{m.round_drop()}</Button>}
        </>
      }
    >
      {error && <ErrorNote error={error} />}
      {draft.error && <ErrorNote error={draft.error} />}
      <p className={css.bar} role="status" data-testid="round-progress">
        <strong>{m.round_progress({ done: answered, all: card.stops })}</strong>
        <progress className={css.meter} max={card.stops} value={answered} aria-label={m.round_progress({ done: answered, all: card.stops })} />
        <span>{m.round_doors({ visited: card.doors_visited, all: card.doors_all })}</span>
      </p>
      {view.note !== "" && <p>{view.note}</p>}
      {view.dropped !== "" && <p>{m.round_dropped_why({ reason: view.dropped })}</p>}
      {asking && (
        <div className={css.form} role="group" aria-label={m.round_why()}>
          <Marked name="round-words">
            <TextField label={asking === "end" ? m.round_end_note() : m.round_why()} required={asking !== "end"} value={words} onChange={setWords} autoFocus onEnter={() => void confirm()} />
          </Marked>
          <div className={css.answers}>
            <Marked name="round-confirm">
              <Button tone="primary" isDisabled={asking !== "end" && words.trim() === ""} onPress={() => void confirm()}>
                {asking === "skip" ? m.round_skip() : asking === "end" ? m.round_end() : m.round_drop()}
              </Button>
            </Marked>
            <Button onPress={() => setAsking(undefined)}>{m.kit_cancel()}</Button>
          </div>
        </div>
      )}
      <div className={css.columns}>
        <section aria-label={m.round_stops()}>
          <SectionHeading count={stops.length}>{m.round_stops()}</SectionHeading>
          <StopList stops={stops} current={current?.id} onChoose={setChosen} />
        </section>
        {current && <StopNow key={current.id} stop={current} walking={walking} onArrive={arrive} onSkip={() => setAsking("skip")} onOpen={() => void answer(current, "open")} onVisit={(room, outcome) => void send("visit", { stop: current.id, room, outcome })} />}
      </div>
      <section aria-label={m.round_findings()}>
        <SectionHeading count={view.findings.length}>{m.round_findings()}</SectionHeading>
        {view.findings.length === 0 ? <EmptyState title={m.round_no_findings()} why={m.round_no_findings_why()} /> : view.findings.map((c) => <CaseRow key={c.id} card={c} showStatus />)}
      </section>
      {card.status !== "PLANNED" && <RoundPapers id={card.id} />}
      <p>
        <Link to="/compounds/$id" params={{ id: card.compound_id }} search={{}}>
          {m.round_to_compound({ name: card.compound })}
        </Link>
      </p>
    </Page>
  );

  async function confirm() {
    if (asking !== "end" && words.trim() === "") return;
    if (asking === "skip" && current) {
      setAsking(undefined);
      const why = words;
      setWords("");
      await answer(current, "skipped", why);
    } else if (asking === "end") await send("end", { note: words });
    else if (asking === "drop") await send("drop", { reason: words });
  }
}

export function StopList({ stops, current, onChoose }: { stops: readonly RoundStopView[]; current: string | undefined; onChoose: (id: string) => void }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <ol ref={list} className={css.stops}>
      {stops.map((s) => (
        <li key={s.id}>
          <button type="button" className={css.stop} aria-current={s.id === current} onClick={() => onChoose(s.id)} data-testid="round-stop">
            <Shape sign={s.result === "done" ? "tick" : s.result === "skipped" ? "cross" : "ring"} />
            <span className={css.name}>{s.label}</span>
            <span className={css.small}>
              {s.result === "skipped" ? m.round_skipped_why({ reason: s.reason }) : s.result === "done" ? m.round_done_at({ time: clockMinutes(s.at_ms ?? 0) }) : s.open_cases > 0 ? m.round_open_cases({ count: s.open_cases }) : m.round_not_yet()}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

type NowProps = { stop: RoundStopView; walking: boolean; onArrive: () => void; onSkip: () => void; onOpen: () => void; onVisit: (room: string, outcome: string) => void };

export function StopNow({ stop, walking, onArrive, onSkip, onOpen, onVisit }: NowProps) {
  const outcomes = ["none", "nobody", "refused", "entered"];
  return (
    <section className={css.now} aria-label={stop.label}>
      <p className={css.label}>{stop.label}</p>
      {walking && (
        <div className={css.answers}>
          {stop.result === "" ? (
            <>
              <Marked name="round-arrive">
                <Button tone="primary" keys="Enter" onPress={onArrive}>
                  {m.round_arrive()}
                </Button>
              </Marked>
              <Marked name="round-skip">
                <Button keys="S" onPress={onSkip}>
                  {m.round_skip()}
                </Button>
              </Marked>
            </>
          ) : (
            <Button onPress={onOpen}>{m.round_take_back()}</Button>
          )}
        </div>
      )}
      {stop.rooms.length > 0 && (
        <>
          <SectionHeading count={stop.visits.length}>{m.round_visits()}</SectionHeading>
          <div className={css.rooms}>
            {stop.rooms.map((room) => (
              <Select key={room} label={room} isDisabled={!walking} value={stop.visits.find((v) => v.room === room)?.outcome ?? "none"} options={outcomes.map((o) => ({ value: o, label: outcomeWords(o) }))} onChange={(outcome) => onVisit(room, outcome)} />
            ))}
          </div>
        </>
      )}
    </section>
  );
}
