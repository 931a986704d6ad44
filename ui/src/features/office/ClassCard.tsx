/** 新增, 存量: what one has proposed and another has to decide. */
import { m, say } from "../../i18n";
import { moment } from "../../i18n/format";
import type { ClassAskView } from "../../ipc";
import { Card, SectionHeading } from "../../kit";
import css from "./Office.module.css";

export function ClassCard({ ask }: { ask: ClassAskView }) {
  return (
    <Card label={m.office_class()}>
      <SectionHeading>{m.office_class()}</SectionHeading>
      <p data-testid="class-ask">
        <strong>{m.office_class_change({ from: say(ask.from), to: say(ask.to) })}</strong>
      </p>
      <p>{ask.reason}</p>
      <p className={css.quiet}>{m.office_by({ name: ask.by, time: moment(ask.wall_ms) })}</p>
    </Card>
  );
}
