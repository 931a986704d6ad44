import { Dialog, DialogTrigger, Heading, Popover } from "react-aria-components";
import { m, sayFirst } from "../i18n";
import { dayAndWeekday } from "../i18n/format";
import type { DeadlineView } from "../ipc/api.gen";
import { LinkButton } from "./Button";
import { Chip } from "./Chip";
import { cx } from "./classes";
import { type DeadlineFacts, deadlineSign, deadlineText, deadlineTone, stepText } from "./deadlineWords";
import field from "./Field.module.css";
import style from "./Deadline.module.css";

/** Working days left and the date; shape, word and colour. */
export function DeadlineText({ plain, ...facts }: DeadlineFacts & { plain?: boolean }) {
  return (
    <Chip tone={deadlineTone(facts.bucket)} sign={facts.due_date ? deadlineSign(facts.bucket) : "none"} plain={plain}>
      {deadlineText(facts)}
      {facts.provisional && m.kit_provisional_mark()}
    </Chip>
  );
}

/** 怎么算的? The sum, day by day, and where its length comes from. */
export function DeadlineExplain({ deadline }: { deadline: DeadlineView }) {
  return (
    <DialogTrigger>
      <LinkButton>{m.kit_how_counted()}</LinkButton>
      <Popover className={field.popover}>
        <Dialog className={style.why}>
          <Heading slot="title" level={3}>
            {sayFirst(deadline.label)}
          </Heading>
          <dl className={style.steps}>
            {deadline.steps.map((step) => (
              <div key={`${step.at} ${step.kind}`} className={cx(style.row, step.kind === "due" && style.due, ["weekend", "holiday", "start_excluded"].includes(step.kind) && style.off)}>
                <dt>{dayAndWeekday(step.at)}</dt>
                <dd>{stepText(step)}</dd>
              </div>
            ))}
          </dl>
          <p className={style.basis}>{m.kit_basis({ basis: deadline.basis })}</p>
          {deadline.provisional && <p className={style.basis}>{m.kit_provisional({ year: deadline.due_date.slice(0, 4) })}</p>}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
