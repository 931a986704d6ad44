/** Right of the photos: what the machine noticed, what was filled in, what else happened here. */
import { m, say } from "../../i18n";
import { dayText } from "../../i18n/format";
import type { CaseView, Catalogue, Category } from "../../ipc";
import { Chip, DeadlineExplain, DeadlineText, LinkButton, Shape } from "../../kit";
import { checkLook, checkWords } from "./checkWords";
import css from "./Review.module.css";

type Props = { view: CaseView; catalogue: Catalogue; category: Category | undefined; onShow: (hash: string) => void; onOpen: (id: string) => void };

export function Brief({ view, catalogue, category, onShow, onOpen }: Props) {
  const photoNo = (hash: string | null) => view.photos.findIndex((p) => p.hash === hash) + 1;
  return (
    <div className={css.brief} data-testid="review-brief">
      <section aria-label={m.review_checks()}>
        <h2>{m.review_checks()}</h2>
        <ul className={css.checks}>
          {view.checks.map((check) => {
            const { sign, tone } = checkLook(check.result);
            const n = photoNo(check.photo);
            return (
              <li key={`${check.code} ${JSON.stringify(check.params)}`} data-tone={tone} data-testid={`check-${check.result}`}>
                <Shape sign={sign} />
                <span>{checkWords(check, category)}</span>
                {n > 0 && check.photo !== null && <LinkButton onPress={() => onShow(check.photo ?? "")}>{m.review_photo_n({ n })}</LinkButton>}
              </li>
            );
          })}
        </ul>
      </section>
      <section aria-label={m.review_facts()}>
        <h2>{m.review_facts()}</h2>
        <dl className={css.facts}>
          {view.facts
            .filter((fact) => fact.value !== null && fact.key !== "building" && fact.key !== "room")
            .map((fact) => (
              <div key={fact.key}>
                <dt>{say(fact.label)}</dt>
                <dd>
                  {say(fact.text)}
                  {fact.unit ? ` ${fact.unit}` : ""}
                  {fact.in_conflict && <Chip tone="today">{m.review_in_conflict()}</Chip>}
                </dd>
              </div>
            ))}
        </dl>
        {view.notes.map((note) => (
          <p key={note.event} className={css.said}>
            {note.text} <small>{note.author}</small>
          </p>
        ))}
      </section>
      {view.deadline && (
        <section className={css.deadline} aria-label={m.review_deadline()}>
          <DeadlineText due_date={view.deadline.due_date} workdays_left={view.deadline.workdays_left} bucket={view.deadline.bucket} provisional={view.deadline.provisional} />
          <DeadlineExplain deadline={view.deadline} />
        </section>
      )}
      <section aria-label={m.review_history()}>
        <h2>{m.review_history_counts({ history: view.history.length, duplicates: view.possible_duplicates.length })}</h2>
        <ul className={css.others}>
          {[...view.possible_duplicates, ...view.history].slice(0, 4).map((card) => (
            <li key={card.id}>
              <LinkButton onPress={() => onOpen(card.id)}>{card.no}</LinkButton> {say(card.type_label)} · {say(catalogue.states[card.status] ?? card.type_label)}
              {card.due_date ? ` · ${dayText(card.due_date)}` : ""}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
