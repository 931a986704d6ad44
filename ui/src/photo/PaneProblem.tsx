/** Instead of a picture: what is the matter with it, what is safe, what to do. */
import { CloudDownload, FileQuestion, FileWarning, ImageOff } from "lucide-react";
import { m } from "../i18n";
import css from "./Pane.module.css";
import type { StagePhoto, Why } from "./source";

const ICONS = { missing: FileQuestion, no_preview: ImageOff, damaged: FileWarning, unreadable: FileWarning, not_here_yet: CloudDownload };

type Cause = Why | "unreadable";

function words(why: Cause, photo: StagePhoto): { what: string; safe: string } {
  switch (why) {
    case "missing":
      return { what: m.photo_missing_what(), safe: m.photo_missing_safe() };
    case "no_preview":
      return { what: m.photo_no_preview_what({ format: format(photo.media_type) }), safe: m.photo_no_preview_safe() };
    case "damaged":
      return { what: m.photo_damaged_what(), safe: m.photo_damaged_safe() };
    case "unreadable":
      return { what: m.photo_unreadable_what(), safe: m.photo_unreadable_safe() };
    case "not_here_yet":
      return { what: m.photo_not_here_what(), safe: m.photo_not_here_safe() };
  }
}

/** `image/heic` → `HEIC` */
function format(mediaType: string): string {
  return (mediaType.split("/")[1] ?? mediaType).toUpperCase();
}

export function PaneProblem({ why, photo }: { why: Cause; photo: StagePhoto }) {
  const Icon = ICONS[why];
  const said = words(why, photo);
  return (
    <div className={css.problem} data-testid={`photo-problem-${why}`}>
      <Icon aria-hidden="true" size={40} strokeWidth={1.5} />
      <p className={css.what}>{said.what}</p>
      <p>{said.safe}</p>
      <p className={css.name}>{photo.name}</p>
    </div>
  );
}
