/**
 * 核查台: photos before facts before decision, on one screen. Deciding shows the next case at once;
 * the decision itself waits ten seconds behind it, with a way back.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Page } from "../../app/Page";
import { useCommands } from "../../command";
import { m, say } from "../../i18n";
import { type ApiError, asApiError, readKey, useRead, useTransport, useWrite } from "../../ipc";
import { Button, Chip, cx, EmptyState, ErrorNote, LinkButton, Skeleton, TextField, Toggle } from "../../kit";
import { Marked } from "../../form/Marked";
import { PhotoStage, type Show } from "../../photo/PhotoStage";
import { useMarking } from "../../photo/useMarking";
import { predecode } from "../../photo/predecode";
import { source, withTimes } from "../../photo/source";
import { usePhotoUrl } from "../../photo/url";
import { slotWords } from "../../photo/words";
import { offered } from "../capture/slots";
import { categoryOf } from "../capture/types";
import { Brief } from "./Brief";
import { missingSlot } from "./checkWords";
import { begin, type Draft, type Kind, lacks, request, withReason, withText } from "./decision";
import { DecidePanel } from "./DecidePanel";
import { FailedDecisions, GraceBar } from "./GraceBar";
import { advance, at as caseAt, beside, latest, open as openRows, type Queue } from "./queue";
import { QueueList } from "./QueueList";
import css from "./Review.module.css";
import { type Held, useHeld } from "./useHeld";

export type { Queue } from "./queue";

export type ReviewDeskProps = {
  queue: Queue;
  caseId: string | undefined;
  /** The address follows the case at hand. */
  onGo: (queue: Queue, caseId: string | undefined) => void;
  onOpenCase: (id: string) => void;
};

export function ReviewDesk({ queue, caseId, onGo, onOpenCase }: ReviewDeskProps) {
  const transport = useTransport();
  const client = useQueryClient();
  const url = usePhotoUrl();
  const catalogue = useRead("catalogue.get", {}).data;
  const answer = useRead("review.queue", { queue }, { keep: true });
  const decide = useWrite("review.decide");
  const [error, setError] = useState<ApiError>();
  const [draft, setDraft] = useState<Draft>();
  const [opinion, setOpinion] = useState("");
  const [show, setShow] = useState<Show>();
  /** Decided here and not yet gone from the queue's answer. */
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const opinionInput = useRef<HTMLInputElement>(null);

  const again = useCallback(() => void client.invalidateQueries({ queryKey: ["review.queue"] }), [client]);
  const { held, add, drop } = useHeld(answer.data, answer.dataUpdatedAt, again);

  const rows = useMemo(() => openRows(answer.data?.rows ?? [], held).filter((row) => !gone.has(row.id)), [answer.data, held, gone]);
  const row = caseAt(rows, caseId);
  const next = row ? advance(rows, row.id) : undefined;
  const shown = useRead("case.get", { id: row?.id ?? "" }, { enabled: row !== undefined });
  const view = shown.data?.card.id === row?.id ? shown.data : undefined;
  const photos = useMemo(() => (view ? withTimes(view.photos, view.timeline) : []), [view]);
  const marking = useMarking(row?.id ?? "", view?.may_mark ?? false);
  const category = catalogue && row ? categoryOf(catalogue, row.type_code) : undefined;

  // The next case is read and its first photos decoded while this one is looked at.
  const ahead = useRead("case.get", { id: next?.id ?? "" }, { enabled: next !== undefined }).data;
  useEffect(() => {
    for (const photo of ahead?.photos.slice(0, 2) ?? []) {
      const s = source(photo, false);
      if (s.kind !== "none") predecode(url(s.hash));
    }
  }, [ahead, url]);

  // Once the queue itself no longer lists a case, this page need not remember it.
  useEffect(() => {
    setGone((set) => {
      const listed = new Set(answer.data?.rows.map((r) => r.id));
      const kept = [...set].filter((id) => listed.has(id));
      return kept.length === set.size ? set : new Set(kept);
    });
  }, [answer.data]);

  const go = useCallback(
    (id: string | undefined) => {
      setDraft(undefined);
      setOpinion("");
      setShow(undefined);
      onGo(queue, id);
    },
    [onGo, queue],
  );

  const send = async (d: Draft) => {
    if (!row || lacks(d) !== null) return;
    const decided = row;
    setError(undefined);
    setGone((set) => new Set([...set, decided.id]));
    go(next?.id);
    try {
      add(await decide.mutateAsync(request(decided.id, d)));
    } catch (thrown) {
      setGone((set) => new Set([...set].filter((id) => id !== decided.id)));
      setError(asApiError(thrown));
      onGo(queue, decided.id);
    }
  };

  const undo = async (h: Held | undefined) => {
    if (!h) return;
    setError(undefined);
    try {
      await transport.call("review.undo", { id: h.id });
      drop(h.id);
      setGone((set) => new Set([...set].filter((id) => id !== h.case_id)));
      await client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== "catalogue.get" });
      go(h.case_id);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };

  /** A decision that could not be carried out is read and put away. */
  const dismiss = (id: string) => {
    drop(id);
    void transport
      .call("review.undo", { id })
      .catch(() => {})
      .finally(again);
  };

  const start = (kind: Kind) => {
    if (!row || !view) return;
    if (kind === "approve") {
      void send(withText(begin("approve", null), opinion));
      return;
    }
    const slot = missingSlot(view.checks);
    const fresh = withText(begin(kind, slot), opinion);
    const reasons = catalogue?.reasons.filter((r) => r.action === kind) ?? [];
    const only = reasons.length === 1 ? reasons[0] : undefined;
    setDraft(only ? withReason(fresh, only, say, slot === null ? "" : slotWords(slot, category?.slots ?? [])) : fresh);
  };

  const ready = row !== undefined && view !== undefined;
  const idle = draft === undefined;
  const walk = (by: 1 | -1) => {
    const to = beside(rows, row?.id, by);
    if (to && to.id !== row?.id) go(to.id);
  };
  const key = { scope: "review" as const, group: m.review_title() };
  useCommands([
    { ...key, id: "review.approve", keys: ["a"], label: m.review_approve(), when: ready, run: () => start("approve") },
    { ...key, id: "review.return", keys: ["s"], label: m.review_return(), when: ready, run: () => start("return") },
    { ...key, id: "review.reject", keys: ["d"], label: m.review_reject(), when: ready, run: () => start("reject") },
    { ...key, id: "review.difficult", keys: ["f"], label: m.review_difficult(), when: ready && queue !== "difficult", run: () => start("difficult") },
    { ...key, id: "review.next", keys: ["j", "ArrowDown"], label: m.review_next(), when: rows.length > 0, run: () => walk(1) },
    { ...key, id: "review.previous", keys: ["k", "ArrowUp"], label: m.review_previous(), when: rows.length > 0, run: () => walk(-1) },
    { ...key, id: "review.opinion", keys: ["m"], label: m.review_write(), when: ready && idle, run: () => opinionInput.current?.focus() },
    { ...key, id: "review.opinion.done", keys: ["Escape"], inFields: true, label: m.review_opinion_done(), hidden: true, when: idle, run: () => opinionInput.current?.blur() },
    { ...key, id: "review.open", keys: ["o"], label: m.review_open_case(), when: ready, run: () => row && onOpenCase(row.id) },
    { ...key, id: "review.undo", keys: ["Mod+Z"], label: m.review_undo_last(), when: latest(held) !== undefined, run: () => void undo(held.filter((h) => h.failed === null).at(-1)) },
  ]);

  if (!answer.data || !catalogue) {
    return <Page title={m.review_title()}>{answer.error ? <ErrorNote error={answer.error} onRetry={again} /> : <Skeleton lines={8} />}</Page>;
  }
  const counts = answer.data;
  const tabs: [Queue, string][] = [
    ["to_review", m.review_tab_to_review({ count: counts.to_review })],
    ["returned", m.review_tab_returned({ count: counts.returned })],
    ["difficult", m.review_tab_difficult({ count: counts.difficult })],
  ];

  return (
    <Page
      fill
      title={m.review_title()}
      aside={
        <div role="group" aria-label={m.review_queues()} className={css.tabs}>
          {tabs.map(([id, label]) => (
            <Toggle key={id} dense on={id === queue} onPress={() => onGo(id, undefined)} data-testid={`review-tab-${id}`}>
              {label}
            </Toggle>
          ))}
        </div>
      }
      end={
        <>
          <GraceBar held={held} onUndo={(h) => void undo(h)} />
          <p className={css.counts} data-testid="review-counts">
            {m.review_counts({ today: counts.done_today, hour: counts.done_last_hour })}
          </p>
        </>
      }
    >
      <div className={css.frame}>
        <div className={css.desk} data-testid="review-desk">
          {error && <ErrorNote error={error} />}
          <FailedDecisions held={held} onOpen={(id) => go(id)} onDismiss={dismiss} />
          {row === undefined ? (
            <Empty queue={queue} counts={counts} onGo={onGo} />
          ) : (
            <div className={css.columns}>
              <QueueList rows={rows} at={row.id} onGo={go} />
              <div className={css.middle}>
                <p className={css.title} data-testid="review-case">
                  <strong>{row.no}</strong> <span>{say(row.type_label)}</span> <span>{[row.compound, row.building, row.room].filter(Boolean).join(" ")}</span>
                  {row.conflicts > 0 && <Chip tone="today">{m.review_conflicts({ count: row.conflicts })}</Chip>}
                  {row.requested !== null && <Chip>{m.review_requested()}</Chip>}
                  <LinkButton onPress={() => onOpenCase(row.id)}>{m.review_open_case()}</LinkButton>
                </p>
                {view ? (
                  <PhotoStage
                    key={row.id}
                    photos={photos}
                    slots={category?.slots ?? []}
                    scope="review"
                    dense
                    digits={idle}
                    show={show}
                    {...marking}
                    mayLookUnder={view.may_look_under}
                    caseId={row.id}
                    onWant={(hash) => void transport.call("photo.want", { hash }).catch(() => {})}
                  />
                ) : shown.error ? (
                  <ErrorNote error={shown.error} onRetry={() => void client.invalidateQueries({ queryKey: readKey("case.get", { id: row.id }) })} />
                ) : (
                  <Skeleton lines={10} />
                )}
              </div>
              <aside className={css.side}>
                {draft ? (
                  <DecidePanel
                    draft={draft}
                    reasons={catalogue.reasons.filter((r) => r.action === draft.kind)}
                    slots={(category?.slots ?? []).filter((s) => offered(category?.slots).includes(s.key))}
                    onChange={setDraft}
                    onSend={() => void send(draft)}
                    onClose={() => setDraft(undefined)}
                  />
                ) : null}
                {view && <Brief view={view} catalogue={catalogue} category={category} onShow={(hash) => setShow({ hash })} onOpen={onOpenCase} />}
              </aside>
            </div>
          )}
          {row !== undefined && (
            <div className={css.decide}>
              <Button tone="primary" keys="A" onPress={() => start("approve")} isDisabled={!ready} className={cx(css.key)}>
                {m.review_approve()}
              </Button>
              <Button keys="S" onPress={() => start("return")} isDisabled={!ready} aria-expanded={draft?.kind === "return"}>
                {m.review_return()}
              </Button>
              <Button keys="D" onPress={() => start("reject")} isDisabled={!ready} aria-expanded={draft?.kind === "reject"}>
                {m.review_reject()}
              </Button>
              {queue !== "difficult" && (
                <Button keys="F" onPress={() => start("difficult")} isDisabled={!ready} aria-expanded={draft?.kind === "difficult"}>
                  {m.review_difficult()}
                </Button>
              )}
              <div className={css.opinion}>
                <Marked name="review-opinion">
                  <TextField
                    label={m.review_opinion()}
                    hideLabel
                    placeholder={m.review_opinion_hint()}
                    value={opinion}
                    onChange={setOpinion}
                    inputRef={opinionInput}
                    onEnter={() => opinionInput.current?.blur()}
                  />
                </Marked>
              </div>
            </div>
          )}
        </div>
      </div>
    </Page>
  );
}

function Empty({ queue, counts, onGo }: { queue: Queue; counts: { to_review: number; returned: number; difficult: number; done_today: number }; onGo: ReviewDeskProps["onGo"] }) {
  const why = queue === "to_review" ? m.review_empty_why() : queue === "returned" ? m.review_empty_returned() : m.review_empty_difficult();
  return (
    <EmptyState title={m.review_empty({ count: counts.done_today })} why={why}>
      {queue !== "to_review" && counts.to_review > 0 && <Button onPress={() => onGo("to_review", undefined)}>{m.review_tab_to_review({ count: counts.to_review })}</Button>}
      {queue !== "difficult" && counts.difficult > 0 && <Button onPress={() => onGo("difficult", undefined)}>{m.review_tab_difficult({ count: counts.difficult })}</Button>}
    </EmptyState>
  );
}
