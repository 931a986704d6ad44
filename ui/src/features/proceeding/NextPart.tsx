/** 下一步: those that can be taken open as a form; the others say what stands in the way and which article says so. */
import { useState } from "react";
import { m, say, sayFirst } from "../../i18n";
import type { NextStep, ProceedingView } from "../../ipc";
import { Button, Card, SectionHeading } from "../../kit";
import { Marked } from "../../form/Marked";
import css from "./Proceeding.module.css";
import { StepForm } from "./StepForm";
import { rolesWords } from "./words";

export function NextPart({ view }: { view: ProceedingView }) {
  const [chosen, setChosen] = useState<string>();
  const open = view.next.find((s) => s.code === chosen && s.blocked === null);
  if (open) return <StepForm key={open.code} view={view} step={open} onClose={() => setChosen(undefined)} />;
  // What can be done stands before what cannot.
  const ordered = [...view.next.filter((s) => s.blocked === null), ...view.next.filter((s) => s.blocked !== null)];
  return (
    <Card label={m.proceeding_next()}>
      <SectionHeading>{m.proceeding_next()}</SectionHeading>
      {ordered.length === 0 && <p className={css.quiet}>{m.proceeding_next_none()}</p>}
      <ul className={css.list} data-testid="proceeding-next">
        {ordered.map((step) => (
          <li key={step.code} className={css.next}>
            <Offered step={step} onTake={() => setChosen(step.code)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Offered({ step, onTake }: { step: NextStep; onTake: () => void }) {
  return (
    <>
      <div className={css.nextHead}>
        <div>
          <strong>{sayFirst(step.label)}</strong> <span className={css.small}>{m.proceeding_article({ article: step.article })}</span>
        </div>
        {!step.blocked && (
          <Marked name={`take-${step.code}`}>
            <Button tone="primary" onPress={onTake} aria-label={`${m.proceeding_take()} ${say(step.label)}`}>
              {m.proceeding_take()}
            </Button>
          </Marked>
        )}
      </div>
      {step.blocked && (
        <p className={css.why} data-testid={`blocked-${step.code}`}>
          {m.proceeding_blocked({ reason: say(step.blocked.label) })}
          <span className={css.basis}>{step.blocked.code === "not_yours" ? m.proceeding_who({ roles: rolesWords(step.roles) }) : m.proceeding_article({ article: step.blocked.article })}</span>
        </p>
      )}
    </>
  );
}
