/** 派遣: who has the case, who gave it back, what was asked for, whether its clock stands still. */
import { m, say } from "../../i18n";
import { dayText, moment } from "../../i18n/format";
import type { OrderView } from "../../ipc";
import { Card, Chip, SectionHeading } from "../../kit";
import css from "./Case.module.css";
import { actionWords } from "./words";

export function OrderCard({ order }: { order: OrderView }) {
  const lines: [string, string][] = [
    [m.case_param_lead(), order.lead ? say(order.lead) : ""],
    [m.case_param_assisting(), order.assisting.map(say).join(m.case_list_comma())],
    [m.case_param_instruction(), order.instruction],
    [m.case_param_handler(), order.handler],
    [m.case_param_checker(), order.checker],
    [m.case_param_result(), order.result ? say(order.result) : ""],
    [m.case_param_receiver(), [order.referred_to, order.referred_by_paper].filter(Boolean).join(" ")],
  ];
  return (
    <Card label={m.case_order()}>
      <SectionHeading>{m.case_order()}</SectionHeading>
      <dl className={css.facts} data-testid="case-order">
        {lines
          .filter(([, text]) => text !== "")
          .map(([label, text]) => (
            <div key={label} className={css.fact}>
              <dt>{label}</dt>
              <dd className={css.factText}>{text}</dd>
            </div>
          ))}
      </dl>
      <p className={css.row}>
        {order.on_agenda && <Chip tone="today">{m.case_on_agenda()}</Chip>}
        {order.extensions > 0 && <Chip>{m.case_extended({ count: order.extensions })}</Chip>}
        {order.reworked > 0 && <Chip>{m.case_reworked({ count: order.reworked })}</Chip>}
      </p>
      <div className={css.notes}>
        {order.stopped && <p className={css.said}>{m.case_stopped({ from: dayText(order.stopped.from), until: dayText(order.stopped.expected_end), reason: say(order.stopped.reason) })}</p>}
        {order.asks.map((ask) => (
          <Said key={ask.wall_ms} what={actionWords(ask.action)} {...ask} />
        ))}
        {order.refused_by.map((refusal) => (
          <Said key={refusal.wall_ms} what={`${say(refusal.department)} ${actionWords("refuse")}`} {...refusal} />
        ))}
      </div>
    </Card>
  );
}

function Said({ what, reason, by, wall_ms }: { what: string; reason: string; by: string; wall_ms: number }) {
  return (
    <p className={css.said}>
      <strong>{what}</strong> {reason} <small className={css.quiet}>{m.case_note_by({ name: by, time: moment(wall_ms) })}</small>
    </p>
  );
}
