/** The queue by deadline: number, kind, how long is left. */
import { useEffect, useRef } from "react";
import { m, say } from "../../i18n";
import { dayText, weekdayText } from "../../i18n/format";
import type { CaseCard } from "../../ipc";
import { Shape } from "../../kit";
import { keepFocus } from "../../kit/focus";
import { shortNo } from "./queue";
import css from "./Review.module.css";

/** Short enough for the narrow column: `逾期 1 工作日`, `今天到期`, `11-26 周四`. */
function dueWords(row: CaseCard): string {
  if (row.due_date === null) return m.kit_no_deadline();
  if (row.bucket === "overdue") return m.review_due_overdue({ count: Math.abs(row.workdays_left ?? 0) });
  if (row.bucket === "today") return m.review_due_today();
  return m.review_due_on({ date: dayText(row.due_date), weekday: weekdayText(row.due_date) });
}

type Props = { rows: readonly CaseCard[]; at: string | undefined; onGo: (id: string) => void };

export function QueueList({ rows, at, onGo }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const box = list.current;
    const one = here.current;
    if (!box || !one) return;
    const top = one.offsetTop - box.offsetTop;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + one.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + one.offsetHeight - box.clientHeight;
  }, [at]);
  return (
    <nav className={css.queue} aria-label={m.review_queue_by_deadline({ count: rows.length })}>
      <h2>{m.review_queue_by_deadline({ count: rows.length })}</h2>
      <ol ref={list} data-testid="review-queue">
        {rows.map((row) => (
          <li key={row.id}>
            <button
              ref={row.id === at ? here : undefined}
              type="button"
              aria-current={row.id === at ? "true" : undefined}
              onMouseDown={keepFocus}
              className={css.row}
              onClick={() => onGo(row.id)}
              title={row.no}
              data-testid="review-row"
            >
              <strong>{shortNo(row.no)}</strong>
              <span className={css.kind}>{say(row.type_label)}</span>
              <span className={css.due} data-bucket={row.bucket ?? undefined}>
                <Shape sign={row.bucket === "overdue" ? "diamond" : row.bucket === "today" ? "dot" : "ring"} />
                {dueWords(row)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
