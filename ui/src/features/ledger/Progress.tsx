import { m } from "../../i18n";
import { countText } from "../../i18n/format";
import { Button } from "../../kit";
import style from "./Ledger.module.css";
import type { Job } from "./useJob";

/** While a job runs: how far it is, and a way out. `rows`: how many there are, where an earlier look counted them. */
export function Progress({ job, rows = 0 }: { job: Job; rows?: number }) {
  if (job.name === null) return null;
  const { done, total: told } = job.at ?? { done: 0, total: 0 };
  const total = told === 0 ? rows : told;
  const words = done === 0 ? m.ledger_starting() : total > 0 ? m.ledger_working({ done: countText(done), total: countText(total) }) : m.ledger_reading({ done: countText(done) });
  return (
    <div className={style.progress} data-testid="ledger-progress">
      <progress aria-label={words} {...(total > 0 ? { value: done, max: total } : {})} />
      <span role="status">{words}</span>
      <Button onPress={job.stop}>{m.ledger_stop()}</Button>
    </div>
  );
}
