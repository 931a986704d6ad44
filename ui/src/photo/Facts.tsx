/** The line under a photo: when, with what, how large, which bytes, how far sent, what is odd about it. */
import { TriangleAlert } from "lucide-react";
import { m } from "../i18n";
import { bytesText } from "../i18n/format";
import css from "./Facts.module.css";
import { PhotoStateMark } from "./PhotoState";
import { hashPrefix, type StagePhoto } from "./source";
import { basisWords, flagWords, takenWords } from "./words";

export function Facts({ photo }: { photo: StagePhoto }) {
  // "Unchanged" is said with a tick only once the server has checked the whole file against the hash.
  const checked = photo.state === "verified" || photo.state === "remote";
  return (
    <div className={css.facts} data-testid="photo-facts">
      <span className={css.taken}>
        {photo.taken_at === null ? m.photo_taken_unknown() : m.photo_taken({ time: takenWords(photo.taken_at) })}
        <small>{basisWords(photo.taken_basis)}</small>
      </span>
      {photo.camera !== null && <span>{photo.camera}</span>}
      <span>{m.photo_size({ width: photo.width, height: photo.height, size: bytesText(photo.bytes) })}</span>
      <span className={css.hash} title={photo.hash}>
        {checked ? m.photo_unchanged({ hash: hashPrefix(photo.hash) }) : m.photo_hash({ hash: hashPrefix(photo.hash) })}
      </span>
      <PhotoStateMark state={photo.state} percent={photo.sent_percent} />
      {photo.flags.map((flag) => (
        <span key={flag} className={css.flag}>
          <TriangleAlert aria-hidden="true" size={14} />
          {flagWords(flag)}
        </span>
      ))}
    </div>
  );
}
