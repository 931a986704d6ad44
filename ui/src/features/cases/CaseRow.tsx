import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { m, sayFirst } from "../../i18n";
import { type CaseCard, useTransport } from "../../ipc";
import { Chip, DeadlineText, StatusBadge, Thumb } from "../../kit";
import { placeText } from "./place";
import { useCatalogueWords } from "./useCatalogueWords";
import style from "./CaseRow.module.css";

export type CaseRowProps = {
  card: CaseCard;
  /** A photo slot to open at once, for a returned case. */
  slot?: string | null;
  /** A second line: the reason it came back. */
  extra?: ReactNode;
  showStatus?: boolean;
};

/** A case in a short list: the whole row is one link. */
export function CaseRow({ card, slot, extra, showStatus }: CaseRowProps) {
  const transport = useTransport();
  const words = useCatalogueWords();
  return (
    <Link
      to="/cases/$id"
      params={{ id: card.id }}
      search={slot ? { slot } : {}}
      className={style.row}
      data-row="true"
    >
      <Thumb src={card.thumb === null ? null : transport.photoUrl(card.thumb)} />
      <div className={style.words}>
        <div className={style.title}>
          <span className={style.type}>{sayFirst(card.type_label)}</span>
          <span className={style.place}>{placeText(card)}</span>
          <span className={style.no}>{card.no}</span>
        </div>
        {extra && <div className={style.extra}>{extra}</div>}
      </div>
      <div className={style.end}>
        <CaseMarks card={card} />
        {showStatus && <StatusBadge status={card.status} label={words.state(card.status)} />}
        <DeadlineText {...card} />
      </div>
    </Link>
  );
}

/** What sets this case apart: not sent yet, two versions, hard to decide. */
export function CaseMarks({ card }: { card: CaseCard }) {
  return (
    <>
      {card.conflicts > 0 && (
        <Chip tone="today" sign="diamond">
          {m.cases_conflicts({ count: card.conflicts })}
        </Chip>
      )}
      {card.pending > 0 && <Chip tone="offline">{m.cases_pending({ count: card.pending })}</Chip>}
      {card.difficult && <Chip sign="question">{m.cases_difficult()}</Chip>}
    </>
  );
}
