/** 文书 of 今天: to be served, past their limit, near it; none of a kind is no line at all. */
import { Link } from "@tanstack/react-router";
import { FileText } from "lucide-react";
import { useState } from "react";
import { m, sayFirst } from "../../i18n";
import { dayText } from "../../i18n/format";
import { type PaperCard, type PaperDuty, useRead } from "../../ipc";
import { Button, Chip, ErrorNote, Skeleton } from "../../kit";
import row from "../cases/CaseRow.module.css";
import { statusWords } from "../paper/words";
import { Section } from "./Section";

/** The most the list command gives at once. */
const PAGE = 200;

const TITLES: Record<string, () => string> = { to_serve: m.paper_duty_to_serve, overdue: m.paper_duty_overdue, due: m.paper_duty_due };

export function PaperDuties({ duties }: { duties: PaperDuty[] }) {
  return duties.map((duty) => <One key={duty.key} duty={duty} />);
}

/** The first few, and all of them in the same place when asked for. */
function One({ duty: { key, count, rows } }: { duty: PaperDuty }) {
  const [pages, setPages] = useState(0);
  const more = pages === 0 ? count > rows.length : count > pages * PAGE;
  return (
    <Section title={TITLES[key]?.() ?? key} count={count} tone={key === "overdue" ? "overdue" : undefined} sign={key === "overdue" ? "diamond" : "none"}>
      {pages === 0 ? rows.map((card) => <Row key={card.id} card={card} />) : Array.from({ length: pages }, (_, at) => <Rows key={at} duty={key} offset={at * PAGE} />)}
      {more && <Button onPress={() => setPages(pages + 1)}>{pages === 0 ? m.today_all({ count }) : m.today_more({ count: count - pages * PAGE })}</Button>}
    </Section>
  );
}

function Rows({ duty, offset }: { duty: string; offset: number }) {
  const { data, error, refetch } = useRead("paper.list", { case_id: null, round: null, duty, offset, limit: PAGE });
  if (!data) return error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} />;
  return data.rows.map((card) => <Row key={card.id} card={card} />);
}

function Row({ card }: { card: PaperCard }) {
  const status = statusWords(card);
  return (
    <Link to="/cases/$id/papers" params={{ id: card.case_id }} search={{ paper: card.id }} className={row.row} data-row="true" data-testid="paper-duty-row">
      <FileText aria-hidden="true" />
      <div className={row.words}>
        <div className={row.title}>
          <span className={row.type}>{sayFirst(card.label)}</span>
          <span className={row.place}>{card.recipient}</span>
          <span className={row.no}>{card.number || card.case_no}</span>
        </div>
      </div>
      <div className={row.end}>
        {card.pending && <Chip tone="offline">{m.paper_pending()}</Chip>}
        <Chip tone={status.tone}>{status.text}</Chip>
        {card.due_date !== null && (
          <span>
            {m.paper_due()} {dayText(card.due_date)}
          </span>
        )}
      </div>
    </Link>
  );
}
