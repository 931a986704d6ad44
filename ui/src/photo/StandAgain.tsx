/** The photo from before, next to where the new one goes: so that it is taken from the same spot. */
import { Camera } from "lucide-react";
import type { PhotoSlot } from "../ipc/api.gen";
import { m } from "../i18n";
import { Covered } from "./Covers";
import { standpoint } from "./pairs";
import type { StagePhoto } from "./source";
import css from "./StandAgain.module.css";
import { usePhotoUrl } from "./url";
import { slotWords, visitWords } from "./words";

export type StandpointProps = { photos: readonly StagePhoto[]; slot: string; slots: readonly PhotoSlot[] };

export type Standpoint = { src: string; name: string; photo: StagePhoto };

/** The earlier photo of a slot, as far as it can be drawn here. */
export function useStandpoint({ photos, slot, slots }: StandpointProps): Standpoint | undefined {
  const url = usePhotoUrl();
  const before = slot === "" ? null : standpoint(photos, slot);
  const picture = before && (before.preview_here ? before.preview : before.thumb_here ? before.thumb : null);
  if (!before || !picture) return undefined;
  return { src: url(picture), name: m.photo_stand_note({ slot: slotWords(before.slot, slots), when: visitWords(before) }), photo: before };
}

export function StandAgain(props: StandpointProps) {
  const before = useStandpoint(props);
  if (before === undefined) return null;
  return (
    <li className={css.stand} data-testid="photo-stand-again">
      <Covered photo={before.photo} fit="contain">
        <img src={before.src} alt={before.name} draggable={false} />
      </Covered>
      <strong>
        <Camera aria-hidden="true" size={16} /> {m.photo_stand_again()}
      </strong>
      <span>{before.name}</span>
    </li>
  );
}
