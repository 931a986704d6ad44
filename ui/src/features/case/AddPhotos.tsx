/** 补照片: the slot that was asked for stands open; pick, drop or take from the tray. */
import { ImageOff, ImagePlus, X } from "lucide-react";
import { type DragEvent, useRef } from "react";
import { CameraButton } from "../../camera/CameraButton";
import { m } from "../../i18n";
import { type PhotoSlot, useRead } from "../../ipc";
import { Button, IconButton, Toggle } from "../../kit";
import type { StagePhoto } from "../../photo/source";
import { StandAgain, useStandpoint } from "../../photo/StandAgain";
import { ImportProgress } from "../../photo/ImportProgress";
import { Tray } from "../../photo/Tray";
import { usePhotoUrl } from "../../photo/url";
import { slotWords } from "../../photo/words";
import css from "./Case.module.css";
import type { Added } from "./useAdded";

type Props = {
  added: Added;
  slots: readonly PhotoSlot[];
  slot: string;
  /** The case's photos so far: the one of the slot asked for shows where to stand. */
  before?: readonly StagePhoto[];
};

const pictures = (list: FileList | null) => [...(list ?? [])].filter((f) => f.type.startsWith("image/") || /\.(jpe?g|png|heic|heif|webp|tiff?|dng)$/i.test(f.name));

export function AddPhotos({ added, slots, slot, before = [] }: Props) {
  const url = usePhotoUrl();
  const ghost = useStandpoint({ photos: before, slot, slots });
  const input = useRef<HTMLInputElement>(null);
  const tray = useRead("tray.list", {}).data ?? [];
  const waiting = tray.filter((p) => p.used_in === null && !added.photos.some((a) => a.photo.hash === p.hash));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void added.importing.bring(pictures(event.dataTransfer.files), "drop", slot);
  };
  return (
    <div className={css.add} onDragOver={(event) => event.preventDefault()} onDrop={drop} data-testid="case-add-photos">
      <ul className={css.addRow}>
        <StandAgain photos={before} slot={slot} slots={slots} />
        {added.photos.map(({ photo, slot: seat }) => (
          <li key={photo.hash} className={css.addOne}>
            <span className={css.addPicture}>
              {photo.thumb === null ? <ImageOff aria-hidden="true" /> : <img src={url(photo.thumb)} alt={photo.name} />}
              <IconButton dense className={css.addRemove} label={m.case_photo_remove({ name: photo.name })} icon={<X aria-hidden="true" />} onPress={() => added.remove(photo.hash)} />
            </span>
            <span className={css.seats} role="group" aria-label={m.case_slot_for({ name: photo.name })}>
              {slots.map((s) => (
                <Toggle key={s.key} on={s.key === seat} onPress={() => added.seat(photo.hash, s.key === seat ? "" : s.key)}>
                  {slotWords(s.key, slots)}
                </Toggle>
              ))}
            </span>
          </li>
        ))}
        <li className={css.addSlot}>
          <input
            ref={input}
            className="visually-hidden"
            type="file"
            accept="image/*,.heic,.heif"
            multiple
            tabIndex={-1}
            aria-hidden="true"
            data-testid="case-files"
            onChange={(event) => {
              const files = pictures(event.target.files);
              event.target.value = "";
              void added.importing.bring(files, "picker", slot);
            }}
          />
          {slot !== "" && !added.photos.some((p) => p.slot === slot) && <strong data-testid="case-open-slot">{m.case_slot_open({ slot: slotWords(slot, slots) })}</strong>}
          <Button icon={<ImagePlus aria-hidden="true" />} onPress={() => input.current?.click()}>
            {m.case_pick()}
          </Button>
          <CameraButton ghost={ghost} onPhoto={(file) => void added.importing.bring([file], "camera", slot)} />
          <span className={css.quiet}>{m.case_drop_here()}</span>
        </li>
      </ul>
      <ImportProgress importing={added.importing} />
      {waiting.length > 0 && <Tray title={m.case_tray()} photos={waiting} onAdd={(photo) => added.put(photo, slot)} />}
    </div>
  );
}
