/** The same place and the same kind of problem is on file: asked before saving, never after. */
import { TriangleAlert } from "lucide-react";
import { m, say } from "../../i18n";
import { moment } from "../../i18n/format";
import type { CaseCard, Catalogue } from "../../ipc";
import { Button, StatusBadge } from "../../kit";
import { usePhotoUrl } from "../../photo/url";
import css from "./Capture.module.css";

type Props = { cases: readonly CaseCard[]; catalogue: Catalogue; onJoin: (card: CaseCard) => void; onNotSame: (card: CaseCard) => void; unanswered: boolean };

export function Duplicates({ cases, catalogue, onJoin, onNotSame, unanswered }: Props) {
  const url = usePhotoUrl();
  if (cases.length === 0) return null;
  return (
    <section className={css.duplicates} role="status" aria-label={m.capture_duplicates()} data-field="duplicates" data-unanswered={unanswered || undefined}>
      <h3>
        <TriangleAlert aria-hidden="true" size={20} />
        {m.capture_duplicates_found({ count: cases.length })}
      </h3>
      <ul>
        {cases.map((card) => (
          <li key={card.id} className={css.duplicate} data-testid="capture-duplicate">
            {card.thumb !== null && <img src={url(card.thumb)} alt="" />}
            <div>
              <p>
                <strong>{card.no}</strong> {say(card.type_label)} <StatusBadge status={card.status} label={say(catalogue.states[card.status] ?? card.type_label)} />
              </p>
              <p className={css.quiet}>
                {m.capture_duplicate_line({ place: [card.compound, card.building, card.room].filter(Boolean).join(" "), time: moment(card.reported_ms), author: card.author })}
              </p>
            </div>
            <div className={css.answers}>
              <Button onPress={() => onJoin(card)}>{m.capture_join()}</Button>
              <Button onPress={() => onNotSame(card)}>{m.capture_not_same()}</Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
