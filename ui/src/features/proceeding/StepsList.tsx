/** What was recorded, in its order, and the whole road beside it. */
import { m, say, sayFirst } from "../../i18n";
import { dayText } from "../../i18n/format";
import type { RoadStep, StepView } from "../../ipc";
import { Card, Chip, SectionHeading, Timeline, TimelineItem } from "../../kit";
import css from "./Proceeding.module.css";
import { paramText, paramWords, verdictWords } from "./words";

export function StepsList({ steps }: { steps: readonly StepView[] }) {
  if (steps.length === 0) return null;
  return (
    <Card label={m.proceeding_steps()}>
      <SectionHeading count={steps.length}>{m.proceeding_steps()}</SectionHeading>
      <Timeline label={m.proceeding_steps()}>
        {steps.map((step) => (
          <Step key={step.event} step={step} />
        ))}
      </Timeline>
    </Card>
  );
}

function Step({ step }: { step: StepView }) {
  const verdict = verdictWords(step.verdict);
  const sep = m.kit_list_sep();
  const said = Object.entries(step.params).map(([name, value]) => `${paramWords(name)} ${paramText(name, value)}`);
  return (
    <TimelineItem
      title={sayFirst(step.label)}
      time={dayText(step.date)}
      sign={step.verdict === "refused" ? "cross" : step.verdict === "pending" ? "ring" : "tick"}
      tone={step.verdict === "accepted" ? "done" : "neutral"}
      state={verdict && <Chip tone={verdict.tone}>{verdict.text}</Chip>}
      meta={[step.officers.length > 0 ? m.proceeding_officers_said({ names: step.officers.join(sep) }) : "", m.proceeding_by({ name: step.author })].filter(Boolean).join(" · ")}
    >
      {said.length > 0 && <p>{said.join(sep)}</p>}
      {step.documents.length > 0 && <p className={css.small}>{m.proceeding_documents_said({ names: step.documents.map((d) => [d.template, d.number].filter(Boolean).join(" ")).join(sep) })}</p>}
      {step.refused && (
        <p className={css.why}>
          {say(step.refused.label)}
          <span className={css.basis}>{m.proceeding_article({ article: step.refused.article })}</span>
        </p>
      )}
    </TimelineItem>
  );
}

export function RoadList({ road }: { road: readonly RoadStep[] }) {
  return (
    <Card label={m.proceeding_road()}>
      <SectionHeading>{m.proceeding_road()}</SectionHeading>
      <ol className={css.road}>
        {road.map((step) => (
          <li key={step.code} aria-current={step.state === "now" ? "step" : undefined}>
            <Chip tone={step.state === "done" ? "done" : step.state === "now" ? "primary" : "neutral"} sign={step.state === "now" ? "dot" : undefined}>
              {say(step.label)}
            </Chip>
          </li>
        ))}
      </ol>
    </Card>
  );
}
