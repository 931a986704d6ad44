/** Other cases this one belongs with: at the same door, merged, rebounded. */
import type { ReactNode } from "react";
import { say, sayFirst } from "../../i18n";
import type { CaseCard, Catalogue } from "../../ipc";
import { Card, LinkButton, SectionHeading, StatusBadge } from "../../kit";
import css from "./Case.module.css";

type Props = { title: string; cards: readonly CaseCard[]; /** Said when there are none; without it nothing is shown. */ none?: string; catalogue: Catalogue; onOpen: (id: string) => void; /** Beside the title. */ end?: ReactNode };

export function CaseLinks({ title, cards, none, catalogue, onOpen, end }: Props) {
  if (cards.length === 0 && none === undefined) return null;
  return (
    <Card label={title}>
      <SectionHeading count={cards.length} end={end}>{title}</SectionHeading>
      {cards.length === 0 ? (
        <p className={css.quiet}>{none}</p>
      ) : (
        <ul className={css.notes}>
          {cards.map((card) => {
            const state = catalogue.states[card.status];
            return (
              <li key={card.id} className={css.row}>
                <LinkButton onPress={() => onOpen(card.id)}>{card.no}</LinkButton>
                <span>{sayFirst(card.type_label)}</span>
                <StatusBadge status={card.status} label={state ? say(state) : card.status} />
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
