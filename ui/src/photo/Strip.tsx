/** The row of small photos: number, slot, how far sent. A slot the type expects and nobody fills is shown empty. */
import { ImageOff } from "lucide-react";
import { useEffect, useRef } from "react";
import type { PhotoSlot } from "../ipc/api.gen";
import { m } from "../i18n";
import { Covers } from "./Covers";
import { keepFocus } from "../kit/focus";
import { PhotoStateMark } from "./PhotoState";
import type { StagePhoto } from "./source";
import css from "./Strip.module.css";
import { usePhotoUrl } from "./url";
import { slotWords } from "./words";

type Props = {
  photos: readonly StagePhoto[];
  slots: readonly PhotoSlot[];
  at: number;
  beside?: number | undefined;
  onGo: (at: number) => void;
  dense?: boolean;
  /** The photo somebody looks under the covers of. */
  under?: string | undefined;
};

export function Strip({ photos, slots, at, beside, onGo, dense, under }: Props) {
  const url = usePhotoUrl();
  const row = useRef<HTMLOListElement>(null);
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Only the strip moves: the page stays where the reader left it.
    const list = row.current;
    const one = here.current;
    if (!list || !one) return;
    const left = one.offsetLeft - list.offsetLeft;
    if (left < list.scrollLeft) list.scrollLeft = left;
    else if (left + one.offsetWidth > list.scrollLeft + list.clientWidth) list.scrollLeft = left + one.offsetWidth - list.clientWidth;
  }, [at]);
  const missing = slots.filter((slot) => slot.expected && !photos.some((p) => p.slot === slot.key));
  return (
    <ol ref={row} className={css.strip} data-dense={dense || undefined} aria-label={m.photo_strip()} data-testid="photo-strip">
      {photos.map((photo, i) => {
        const small = photo.thumb_here ? photo.thumb : photo.preview_here ? photo.preview : null;
        return (
          <li key={photo.hash}>
            <button
              ref={i === at ? here : undefined}
              type="button"
              className={css.thumb}
              onMouseDown={keepFocus}
              aria-current={i === at ? "true" : undefined}
              data-beside={i === beside || undefined}
              onClick={() => onGo(i)}
            >
              {small === null ? <ImageOff aria-hidden="true" size={24} /> : <img src={url(small)} alt="" draggable={false} />}
              {small !== null && photo.hash !== under && <Covers photo={photo} />}
              <span className={css.label}>
                <b>{i + 1}</b> {slotWords(photo.slot, slots)}
              </span>
              <span className={css.state}>
                <PhotoStateMark state={photo.state} percent={photo.sent_percent} iconOnly />
              </span>
            </button>
          </li>
        );
      })}
      {missing.map((slot) => (
        <li key={`missing-${slot.key}`} className={css.missing} data-testid={`photo-missing-${slot.key}`}>
          {m.photo_slot_missing({ slot: slotWords(slot.key, slots) })}
        </li>
      ))}
    </ol>
  );
}
