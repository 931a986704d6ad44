/** A quiet hint that a photo looks like one of another case, or of another visit. A person compares; the machine decides nothing. */
import { Link } from "@tanstack/react-router";
import { Images, ImageOff } from "lucide-react";
import { useState } from "react";
import { m } from "../i18n";
import { type RecycledHit, useRead } from "../ipc";
import { Dialog, LinkButton } from "../kit";
import { Covered } from "./Covers";
import css from "./Recycled.module.css";
import { source, type StagePhoto } from "./source";
import { usePhotoUrl } from "./url";
import { takenWords } from "./words";

function whereWords(hit: RecycledHit, caseId: string): string {
  if (hit.case_id === null) return m.photo_recycled_elsewhere();
  if (hit.case_id === caseId) return m.photo_recycled_this_case();
  return [hit.case_no, hit.compound].filter(Boolean).join(" ");
}

function hintWords(hit: RecycledHit, caseId: string): string {
  const where = whereWords(hit, caseId);
  switch (hit.kind) {
    case "same_file":
      return m.photo_recycled_file({ where });
    case "same_picture":
      return m.photo_recycled_picture({ where });
    case "same_place":
      return m.photo_recycled_place({ where });
  }
}

/** Asks for the hits of a photo of a case; nothing is shown while there are none. */
export default function RecycledHint({ caseId, photo }: { caseId: string; photo: StagePhoto }) {
  const hits = useRead("photo.recycled", { case_id: caseId, hash: photo.hash }).data;
  return hits ? <Recycled hits={hits} caseId={caseId} own={photo} /> : null;
}

export function Recycled({ hits, caseId, own }: { hits: readonly RecycledHit[]; caseId: string; own: StagePhoto }) {
  const [open, setOpen] = useState(false);
  const [first] = hits;
  if (!first) return null;
  return (
    <p className={css.hint} data-testid="photo-recycled">
      <Images aria-hidden="true" size={16} />
      <span>{hintWords(first, caseId)}</span>
      {hits.length > 1 && <span>{m.photo_recycled_more({ count: hits.length - 1 })}</span>}
      <LinkButton onPress={() => setOpen(true)}>{m.photo_recycled_look()}</LinkButton>
      <Dialog wide title={m.photo_recycled_title()} isOpen={open} onClose={() => setOpen(false)}>
        <p>{m.photo_recycled_note()}</p>
        <ul className={css.list}>
          {hits.map((hit) => (
            <Hit key={`${hit.kind} ${hit.hash} ${hit.case_no}`} hit={hit} caseId={caseId} own={own} />
          ))}
        </ul>
      </Dialog>
    </p>
  );
}

function Hit({ hit, caseId, own }: { hit: RecycledHit; caseId: string; own: StagePhoto }) {
  return (
    <li>
      <p>{hintWords(hit, caseId)}</p>
      <div className={css.two}>
        <Side name={m.photo_recycled_own()} photo={own} />
        <Side name={m.photo_recycled_other()} photo={hit.photo} />
      </div>
      <p className={css.foot}>
        {hit.kind !== "same_file" && <span>{m.photo_recycled_score({ score: hit.score })}</span>}
        {hit.case_id !== null && hit.case_id !== caseId && (
          <Link to="/cases/$id" params={{ id: hit.case_id }} search={{}}>
            {m.photo_recycled_open({ no: hit.case_no })}
          </Link>
        )}
      </p>
    </li>
  );
}

function Side({ name, photo }: { name: string; photo: StagePhoto | null }) {
  const url = usePhotoUrl();
  const drawn = photo && source(photo, false);
  const taken = photo?.taken_at ?? null;
  return (
    <figure>
      {!photo || !drawn || drawn.kind === "none" ? (
        <span className={css.none}>
          <ImageOff aria-hidden="true" />
          {m.photo_recycled_no_picture()}
        </span>
      ) : (
        <Covered photo={photo} fit="contain">
          <img src={url(drawn.hash)} alt={name} draggable={false} />
        </Covered>
      )}
      <figcaption>
        <strong>{name}</strong> {taken === null ? m.photo_taken_unknown() : m.photo_taken({ time: takenWords(taken) })}
      </figcaption>
    </figure>
  );
}
