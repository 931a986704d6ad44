/** 抽查: whether a case closed on the spot was drawn, with the sum anyone can do again, and what came of it. */
import { m } from "../../i18n";
import { moment } from "../../i18n/format";
import type { SampleView } from "../../ipc";
import { Card, Chip, SectionHeading } from "../../kit";
import css from "./Office.module.css";

export function SampleCard({ sample }: { sample: SampleView }) {
  const { month, percent, number, ruling } = sample;
  return (
    <Card label={m.office_sample()}>
      <SectionHeading end={<Result sample={sample} />}>{m.office_sample()}</SectionHeading>
      <p className={css.quiet} data-testid="sample-sum">
        {m.office_sample_sum({ month, percent, number, ruling: ruling.slice(0, 12) })}
      </p>
      {sample.reason !== "" && <p>{sample.reason}</p>}
      {sample.at_ms !== null && <p className={css.quiet}>{m.office_by({ name: sample.by, time: moment(sample.at_ms) })}</p>}
    </Card>
  );
}

function Result({ sample }: { sample: SampleView }) {
  switch (sample.stands) {
    case "passed":
      return <Chip tone="done">{m.office_sample_passed()}</Chip>;
    case "failed":
      return <Chip tone="overdue">{m.office_sample_failed()}</Chip>;
    case "open":
      return <Chip tone="today">{m.office_sample_drawn()}</Chip>;
    default:
      return <Chip>{m.office_sample_not()}</Chip>;
  }
}
