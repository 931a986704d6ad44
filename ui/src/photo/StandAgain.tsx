/** The photo from before, next to where the new one goes: so that it is taken from the same spot. */
import { Camera } from "lucide-react";
import type { PhotoSlot } from "../ipc/api.gen";
import { m } from "../i18n";
import { standpoint } from "./pairs";
import type { StagePhoto } from "./source";
import css from "./StandAgain.module.css";
import { usePhotoUrl } from "./url";
import { slotWords, visitWords } from "./words";

export function StandAgain({ photos, slot, slots }: { photos: readonly StagePhoto[]; slot: string; slots: readonly PhotoSlot[] }) {
  const url = usePhotoUrl();
  const before = standpoint(photos, slot);
  const picture = before && (before.preview_here ? before.preview : before.thumb_here ? before.thumb : null);
  if (!before || !picture) return null;
  const name = m.photo_stand_note({ slot: slotWords(before.slot, slots), when: visitWords(before) });
  return (
    <li className={css.stand} data-testid="photo-stand-again">
      <img src={url(picture)} alt={name} draggable={false} />
      <strong>
        <Camera aria-hidden="true" size={16} /> {m.photo_stand_again()}
      </strong>
      <span>{name}</span>
    </li>
  );
}
