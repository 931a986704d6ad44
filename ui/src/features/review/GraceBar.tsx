/** Decisions that do not count yet: each with what is left of its ten seconds and the way back. */
import { useEffect, useState } from "react";
import { m } from "../../i18n";
import { Button, ErrorNote } from "../../kit";
import { graceLeft } from "./queue";
import css from "./Review.module.css";
import type { Held } from "./useHeld";
import { heldWords } from "./words";

type Props = { held: readonly Held[]; onUndo: (held: Held) => void; onOpen: (caseId: string) => void; onDismiss: (id: string) => void };

export function GraceBar({ held, onUndo, onOpen, onDismiss }: Props) {
  const now = useNow(held.length > 0);
  const live = held.filter((h) => h.failed === null && graceLeft(h, h.answeredAt, now) > 0);
  const failed = held.filter((h) => h.failed !== null);
  if (live.length === 0 && failed.length === 0) return null;
  return (
    <div className={css.grace} role="status" aria-live="polite" data-testid="review-grace">
      {live.slice(-3).map((h, i, shown) => {
        const left = graceLeft(h, h.answeredAt, now);
        return (
          <div key={h.id} className={css.held} data-testid="review-held">
            <span>{heldWords(h.decision, h.case_no)}</span>
            <Button {...(i === shown.length - 1 ? { keys: "Mod+Z" } : {})} onPress={() => onUndo(h)}>
              {m.review_undo()}
            </Button>
            <span className={css.left} aria-hidden="true">
              {m.review_seconds({ count: Math.ceil(left / 1000) })}
            </span>
            <progress aria-hidden="true" max={10_000} value={left} />
          </div>
        );
      })}
      {failed.map(
        (h) =>
          h.failed && (
            <ErrorNote key={h.id} error={h.failed}>
              <Button onPress={() => onOpen(h.case_id)}>{m.review_open_failed({ no: h.case_no })}</Button>
              <Button tone="quiet" onPress={() => onDismiss(h.id)}>
                {m.review_dismiss()}
              </Button>
            </ErrorNote>
          ),
      )}
    </div>
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
