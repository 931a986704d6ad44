/** 执法程序 on the case page: where each stands, who is on it and what runs next, and the way to open one. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useReadyState } from "../../app/session";
import { m, say } from "../../i18n";
import { dayText } from "../../i18n/format";
import { type ProceedingCard, useRead } from "../../ipc";
import { Button, Card, Chip, DeadlineText, ErrorNote, SectionHeading } from "../../kit";
import { Marked } from "../../form/Marked";
import { OpenDialog } from "./OpenDialog";
import css from "./Proceeding.module.css";
import { seesProceedings } from "./words";

export default function ProceedingsCard({ caseId }: { caseId: string }) {
  const roles = useReadyState().user?.roles ?? [];
  return seesProceedings(roles) ? <Proceedings caseId={caseId} /> : null;
}

function Proceedings({ caseId }: { caseId: string }) {
  const { data, error } = useRead("proceeding.list", { case_id: caseId, open: false, offset: 0, limit: 50 });
  const navigate = useNavigate();
  const [opening, setOpening] = useState(false);
  const rows = data?.rows ?? [];
  const go = (id: string) => void navigate({ to: "/proceedings/$id", params: { id } });
  if (!error && rows.length === 0 && !data?.may_open) return null;
  return (
    <Card label={m.proceeding_card()} className={css.spaced}>
      <SectionHeading>{m.proceeding_card()}</SectionHeading>
      {error && <ErrorNote error={error} />}
      {data && rows.length === 0 && <p className={css.quiet}>{m.proceeding_none()}</p>}
      <ul className={css.list} data-testid="proceedings">
        {rows.map((card) => (
          <li key={card.id}>
            <Row card={card} onOpen={() => go(card.id)} />
          </li>
        ))}
      </ul>
      {data?.may_open && (
        <Marked name="proceeding-open">
          <Button onPress={() => setOpening(true)}>{m.proceeding_open()}</Button>
        </Marked>
      )}
      {opening && <OpenDialog caseId={caseId} onClose={() => setOpening(false)} onOpened={go} />}
    </Card>
  );
}

function Row({ card, onOpen }: { card: ProceedingCard; onOpen: () => void }) {
  const view = useRead("proceeding.get", { id: card.id }).data;
  const officers = view?.steps.findLast((s) => s.officers.length > 0)?.officers ?? [];
  const running = (view?.clocks ?? []).filter((c) => c.state === "running" || c.state === "overdue");
  const clock = running.toSorted((a, b) => a.deadline.due_date.localeCompare(b.deadline.due_date))[0];
  return (
    <button type="button" className={css.one} onClick={onOpen} data-testid="proceeding-row">
      <strong>{card.cause}</strong>
      <span className={css.row}>
        <Chip tone={card.opening === "refused" ? "overdue" : "primary"}>{card.opening === "refused" ? m.proceeding_opening_refused() : say(card.stage_label)}</Chip>
        {card.opening === "pending" && <Chip tone="offline">{m.proceeding_opening_pending()}</Chip>}
        {card.in_progress && <Chip tone="today">{m.proceeding_in_progress_chip()}</Chip>}
        <span className={css.small}>{m.proceeding_opened_on({ date: dayText(card.opened_on) })}</span>
      </span>
      {officers.length > 0 && <span className={css.small}>{m.proceeding_officers_said({ names: officers.join(m.kit_list_sep()) })}</span>}
      {clock && (
        <span className={css.row}>
          <span className={css.small}>{say(clock.label)}</span>
          <DeadlineText due_date={clock.deadline.due_date} workdays_left={clock.deadline.workdays_left} bucket={clock.deadline.bucket} provisional={clock.deadline.provisional} />
        </span>
      )}
    </button>
  );
}
