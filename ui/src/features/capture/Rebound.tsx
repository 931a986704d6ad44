/** 反弹: the same problem at a place where a case was closed. Recorded as its rebound unless the inspector says otherwise. */
import { m } from "../../i18n";
import type { CaseCard } from "../../ipc";
import { LinkButton } from "../../kit";
import css from "./Capture.module.css";

export const isClosed = (card: CaseCard) => card.status === "CLOSED" || card.status === "ARCHIVED";

export function Rebound({ card, counts, onChange }: { card: CaseCard; counts: boolean; onChange: (counts: boolean) => void }) {
  return (
    <p className={css.line} role="status" data-testid="capture-rebound" data-counts={counts}>
      {counts && <span>{m.capture_rebound({ no: card.no })}</span>}
      <LinkButton onPress={() => onChange(!counts)}>{counts ? m.capture_not_rebound() : m.capture_is_rebound()}</LinkButton>
    </p>
  );
}
