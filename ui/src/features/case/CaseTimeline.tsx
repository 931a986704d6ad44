/** 时间线: every event, only ever added to. */
import { useState } from "react";
import { m, say } from "../../i18n";
import { dayText } from "../../i18n/format";
import type { CaseView, Category, TimelineEntry } from "../../ipc";
import { CheckBox, Chip, SectionHeading, Timeline, TimelineItem } from "../../kit";
import { Covers } from "../../photo/Covers";
import { usePhotoUrl } from "../../photo/url";
import { slotWords } from "../../photo/words";
import { storyText } from "../paper/words";
import css from "./Case.module.css";
import { guardWords } from "./guards";
import { TimeWords } from "./TimeWords";
import { isDecision, look, newestFirst } from "./timeline";
import { deviceWords, entryTitle, stateWords } from "./words";

/** A choice of one of the type's fields, in words. */
function choiceWords(category: Category | undefined, key: string, value: string): string {
  const choice = category?.fields.find((f) => f.key === key)?.choices.find((c) => c.value === value);
  return choice ? say(choice.label) : value;
}

const told = (entry: TimelineEntry) => (entry.paper === null ? entry.text : storyText(entry));

type Props = { view: CaseView; category: Category | undefined; onShow: (hash: string) => void };

export function CaseTimeline({ view, category, onShow }: Props) {
  const url = usePhotoUrl();
  const [only, setOnly] = useState(false);
  const all = newestFirst(view.timeline);
  const shown = only ? all.filter(isDecision) : all;
  return (
    <section aria-label={m.case_timeline()} data-testid="case-timeline">
      <SectionHeading
        count={all.length}
        note={m.case_timeline_note()}
        end={
          <CheckBox isSelected={only} onChange={setOnly}>
            {m.case_only_decisions()}
          </CheckBox>
        }
      >
        {m.case_timeline()}
      </SectionHeading>
      {shown.length === 0 && <p className={css.quiet}>{m.case_no_decisions()}</p>}
      <Timeline label={m.case_timeline()}>
        {shown.map((entry) => {
          const { sign, tone } = look(entry.state);
          return (
            <TimelineItem
              key={entry.event}
              title={<span data-testid="timeline-title">{entryTitle(entry)}</span>}
              sign={sign}
              tone={tone}
              withdrawn={entry.state === "refused"}
              time={<TimeWords time={entry.time} />}
              state={
                <Chip plain tone={tone} sign="none">
                  {stateWords(entry.state)}
                </Chip>
              }
              meta={[["case.ruled", "case.recounted", "paper.ruled"].includes(entry.kind) ? m.case_server() : entry.author_name, deviceWords(entry.device)].filter(Boolean).join(" · ")}
            >
              {entry.verdict === "refused" && guardWords(entry.reason_code) !== null && <p>{guardWords(entry.reason_code)}</p>}
              {told(entry) !== "" && <p className={css.said}>{told(entry)}</p>}
              {entry.slot !== null && <p>{m.case_slot_asked({ slot: slotWords(entry.slot, category?.slots ?? []) })}</p>}
              {entry.was !== "" && entry.kind === "case.recounted" && <p data-testid="recounted">{m.calendar_recounted_from({ was: dayText(entry.was), now: dayText(String(entry.changes[0]?.value ?? "")) })}</p>}
              {entry.was !== "" && entry.kind === "case.act" && entry.changes.map((change) => <p key={change.key}>{m.case_class_was({ label: say(change.label), was: choiceWords(category, change.key, entry.was), now: say(change.text) })}</p>)}
              {entry.was === "" && entry.changes.length > 0 && (
                <ul className={css.changes}>
                  {entry.changes.map((change) => (
                    <li key={change.key}>
                      {m.case_change({ label: say(change.label), value: say(change.text) })}
                      {change.unit ? ` ${change.unit}` : ""}
                    </li>
                  ))}
                </ul>
              )}
              {entry.photos.length > 0 && (
                <ul className={css.thumbs}>
                  {entry.photos.map((hash) => {
                    const photo = view.photos.find((p) => p.hash === hash);
                    if (!photo) return null;
                    const small = photo.thumb_here ? photo.thumb : null;
                    return (
                      <li key={hash}>
                        <button type="button" className={css.thumb} onClick={() => onShow(hash)} aria-label={m.case_show_photo({ slot: slotWords(photo.slot, category?.slots ?? []) })}>
                          {small === null ? photo.name : <img src={url(small)} alt="" />}
                          {small !== null && <Covers photo={photo} />}
                        </button>
                      </li>
                    );
                  })}
                </ul>
              )}
            </TimelineItem>
          );
        })}
      </Timeline>
    </section>
  );
}
