/** The line under a photo: when, with what, how large, which bytes, how far sent, what is odd about it. */
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { m } from "../i18n";
import { bytesText, clockSeconds, isoDate } from "../i18n/format";
import { LinkButton } from "../kit";
import { type Doubt, doubts, isSaid, isWarning, receivedMs } from "./clocks";
import { datumWords, doubtWords, placeWords } from "./clockWords";
import css from "./Facts.module.css";
import { PhotoStateMark } from "./PhotoState";
import { hashPrefix, type StagePhoto } from "./source";
import { basisWords, flagWords, takenWords } from "./words";

export function Facts({ photo }: { photo: StagePhoto }) {
  // "Unchanged" is said with a tick only once the server has checked the whole file against the hash.
  const said = doubts(photo);
  const [open, setOpen] = useState(false);
  const checked = photo.state === "verified" || photo.state === "backed_up" || photo.state === "remote";
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
      {said.filter(isWarning).map((doubt) => (
        <span key={doubt.kind} className={css.flag} data-testid={`photo-doubt-${doubt.kind}`}>
          <TriangleAlert aria-hidden="true" size={14} />
          {doubtWords(doubt)}
        </span>
      ))}
      {photo.flags
        .filter((flag) => !isSaid(flag, said))
        .map((flag) => (
          <span key={flag} className={css.flag}>
            <TriangleAlert aria-hidden="true" size={14} />
            {flagWords(flag)}
          </span>
        ))}
      <LinkButton aria-expanded={open} onPress={() => setOpen(!open)}>
        {m.photo_clocks()}
      </LinkButton>
      {open && <Clocks photo={photo} doubts={said} />}
    </div>
  );
}

/** Every clock and the place, as each was told; none is corrected by another. */
function Clocks({ photo, doubts: said }: { photo: StagePhoto; doubts: readonly Doubt[] }) {
  const { geo } = photo;
  const received = receivedMs(photo);
  const rows: [name: string, text: string][] = [
    [m.photo_clock_camera(), photo.taken_at === null ? m.photo_taken_unknown() : `${takenWords(photo.taken_at)} · ${basisWords(photo.taken_basis)}`],
    ...(photo.imported_ms === undefined ? [] : [[m.photo_clock_import(), clock(photo.imported_ms)] as [string, string]]),
    ...(photo.added_ms === undefined ? [] : [[m.photo_clock_record(), clock(photo.added_ms)] as [string, string]]),
    ...(received === undefined ? [] : [[m.photo_clock_server(), received === null ? m.photo_clock_not_yet() : clock(received)] as [string, string]]),
    ...(geo === undefined ? [] : [[m.photo_place(), placeWords(geo)] as [string, string]]),
  ];
  return (
    <div className={css.clocks} data-testid="photo-clocks">
      <dl>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {said.some((d) => d.kind === "zone") && <p>{doubtWords({ kind: "zone" })}</p>}
      {geo && <p>{datumWords(geo)}</p>}
      <p>{m.photo_clocks_note()}</p>
    </div>
  );
}

/** With the year and the second, in the time here: to be held against what the camera wrote. */
const clock = (ms: number): string => `${isoDate(ms)} ${clockSeconds(ms)}`;
