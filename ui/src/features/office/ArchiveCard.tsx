/** 归档清单: the file of a closed case in the order of its pages, with what it still lacks. */
import { m, say, sayFirst } from "../../i18n";
import { moment } from "../../i18n/format";
import type { ArchivePageView, ArchivePartView } from "../../ipc";
import { Card, Chip, SectionHeading, type Tone } from "../../kit";
import { actionWords } from "../case/words";
import css from "./Office.module.css";

export function ArchiveCard({ parts }: { parts: ArchivePartView[] }) {
  if (parts.length === 0) return null;
  return (
    <Card label={m.office_archive()}>
      <SectionHeading note={m.office_archive_note()}>{m.office_archive()}</SectionHeading>
      <ol className={css.file} data-testid="archive">
        {parts.map((part) => (
          <li key={part.key} data-part={part.key} data-stands={part.stands}>
            <span className={css.part}>
              <strong>{sayFirst(part.label)}</strong>
              <Chip tone={TONES[part.stands] ?? "neutral"} plain={part.stands !== "lacking"}>
                {part.stands === "lacking" && part.may_lack ? m.office_may_lack() : (STANDS[part.stands]?.() ?? part.stands)}
              </Chip>
            </span>
            {part.pages.length > 0 && (
              <ul className={css.pages}>
                {part.pages.map((page) => (
                  <li key={page.no}>
                    <span className={css.no}>{page.no}</span> {pageWords(page)}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}

const TONES: Record<string, Tone> = { there: "done", lacking: "overdue", not_needed: "neutral" };
const STANDS: Record<string, () => string> = { there: m.office_there, lacking: m.office_lacking, not_needed: m.office_not_needed };

function pageWords(page: ArchivePageView): string {
  switch (page.kind) {
    case "photos":
      return m.office_photos({ count: page.count });
    case "event":
      return [actionWords(page.name), page.at_ms === null ? "" : moment(page.at_ms)].join(" ");
    default:
      return [page.label ? say(page.label) : "", page.name, page.at_end ? "" : m.office_not_at_end()].filter(Boolean).join(" ");
  }
}
