/** Decisions that do not count yet: each with what is left of its ten seconds and the way back. */
import { useEffect, useState } from "react";
import { m } from "../../i18n";
import { Button, ErrorNote } from "../../kit";
import { graceLeft, shortNo } from "./queue";
import css from "./Review.module.css";
import type { Held } from "./useHeld";
import { heldWords } from "./words";

export function GraceBar({ held, onUndo }: { held: readonly Held[]; onUndo: (held: Held) => void }) {
  const now = useNow(held.length > 0);
  const live = held.filter((h) => h.failed === null && graceLeft(h, h.answeredAt, now) > 0);
  // The latest is what Ctrl+Z takes back; pressing again takes back the one before it.
  const last = live.at(-1);
  if (!last) return null;
  const left = graceLeft(last, last.answeredAt, now);
  return (
    <div className={css.held} data-testid="review-held">
      <span role="status">
        {live.length > 1 ? m.review_held_more({ held: heldWords(last.decision, shortNo(last.case_no)), count: live.length - 1 }) : heldWords(last.decision, shortNo(last.case_no))}
      </span>
      <Button dense keys="Mod+Z" onPress={() => onUndo(last)}>
        {m.review_undo()}
      </Button>
      <span className={css.left} aria-hidden="true">
        {m.review_seconds({ count: Math.ceil(left / 1000) })}
      </span>
      <progress aria-hidden="true" max={10_000} value={left} />
    </div>
  );
}

type FailedProps = { held: readonly Held[]; onOpen: (caseId: string) => void; onDismiss: (id: string) => void };

/** Decisions that could not be carried out at the end of their grace: the case is in the queue again. */
export function FailedDecisions({ held, onOpen, onDismiss }: FailedProps) {
  return held.map(
    (h) =>
      h.failed && (
        <ErrorNote key={h.id} error={h.failed}>
          <Button onPress={() => onOpen(h.case_id)}>{m.review_open_failed({ no: h.case_no })}</Button>
          <Button tone="quiet" onPress={() => onDismiss(h.id)}>
            {m.review_dismiss()}
          </Button>
        </ErrorNote>
      ),
  );
}

function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
