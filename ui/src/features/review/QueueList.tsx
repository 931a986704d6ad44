/** The queue by deadline: number, kind, how long is left. */
import { useEffect, useRef } from "react";
import { m, say } from "../../i18n";
import type { CaseCard } from "../../ipc";
import { DeadlineText } from "../../kit";
import css from "./Review.module.css";

type Props = { rows: readonly CaseCard[]; at: string | undefined; onGo: (id: string) => void };

/** `AJ-2026-1107` → `1107`: the year is the same down the whole list. */
function short(no: string): string {
  return no.split("-").at(-1) ?? no;
}

export function QueueList({ rows, at, onGo }: Props) {
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => here.current?.scrollIntoView?.({ block: "nearest" }), [at]);
  return (
    <nav className={css.queue} aria-label={m.review_queue_by_deadline({ count: rows.length })}>
      <h2>{m.review_queue_by_deadline({ count: rows.length })}</h2>
      <ol data-testid="review-queue">
        {rows.map((row) => (
          <li key={row.id}>
            <button ref={row.id === at ? here : undefined} type="button" aria-current={row.id === at ? "true" : undefined} className={css.row} onClick={() => onGo(row.id)} title={row.no} data-testid="review-row">
              <strong>{short(row.no)}</strong>
              <span className={css.kind}>{say(row.type_label)}</span>
              <span className={css.due}>
                <DeadlineText plain due_date={row.due_date} workdays_left={row.workdays_left} bucket={row.bucket} provisional={false} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
