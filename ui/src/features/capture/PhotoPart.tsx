/** 1 照片: slots, the drop zone, and what has newly arrived. */
import { ImageOff, ImagePlus, Trash2, ZoomIn } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { CameraButton } from "../../camera/CameraButton";
import { m } from "../../i18n";
import type { PhotoSlot, TrayPhoto } from "../../ipc";
import { Button, Dialog, IconButton, SectionHeading } from "../../kit";
import { ImportProgress } from "../../photo/ImportProgress";
import { PhotoStage, type Show } from "../../photo/PhotoStage";
import { fromTray } from "../../photo/source";
import { Tray } from "../../photo/Tray";
import { RoomNote } from "../../photo/RoomNote";
import { usePhotoUrl } from "../../photo/url";
import { flagWords, slotWords, takenWords } from "../../photo/words";
import css from "./Photos.module.css";
import { assign, offered, ordered, remove, seats, add } from "./slots";
import type { Draft } from "./useDraft";
import type { Photos } from "./usePhotos";
import { useWhere } from "./where";

type Props = { draft: Draft; photos: Photos; slots: readonly PhotoSlot[]; error?: string | undefined; noPhoto: ReactNode };

export function PhotoPart({ draft, photos, slots, error, noPhoto }: Props) {
  const where = useWhere();
  const keys = seats(slots);
  const chosen = ordered(draft.content.photos, keys);
  const [looking, setLooking] = useState<Show>();
  const empty = keys.filter((key) => !chosen.some((p) => p.slot === key));
  const stage = chosen.flatMap((p) => {
    const photo = photos.known.get(p.hash);
    return photo ? [fromTray(photo, p.slot, where.web)] : [];
  });

  return (
    <section className={css.part} data-field="photos" aria-label={m.capture_photos()}>
      <SectionHeading note={m.capture_photos_note()} end={<Ways photos={photos} />}>
        {m.capture_photos_chosen({ count: chosen.length })}
      </SectionHeading>
      {error && <p className={css.error}>{error}</p>}
      <ul className={css.slots}>
        {chosen.map(({ hash, slot }) => (
          <Chosen
            key={hash}
            photo={photos.known.get(hash)}
            slot={slot}
            slots={slots}
            onSlot={(to) => draft.change((now) => ({ photos: assign(now.photos, hash, to) }))}
            onRemove={() => draft.change((now) => ({ photos: remove(now.photos, hash) }))}
            onLook={() => setLooking({ hash })}
          />
        ))}
        {empty.map((key) => (
          <li key={key} className={css.empty} data-testid={`capture-empty-${key}`}>
            <strong>{slotWords(key, slots)}</strong>
            <span>{m.capture_slot_empty()}</span>
          </li>
        ))}
      </ul>
      <RoomNote />
      <ImportProgress importing={photos.importing} />
      {chosen.length === 0 && noPhoto}
      <Tray title={where.tray()} photos={photos.tray} testid="capture-tray" onAdd={(photo) => draft.change((now) => ({ photos: add(now.photos, photo.hash, keys) }))} />
      <Dialog wide title={m.capture_look()} isOpen={looking !== undefined && stage.length > 0} onClose={() => setLooking(undefined)}>
        <div className={css.look}>
          <PhotoStage photos={stage} slots={slots} scope="dialog" show={looking} />
        </div>
      </Dialog>
    </section>
  );
}

function Ways({ photos }: { photos: Photos }) {
  return (
    <span className={css.ways}>
      <CameraButton onPhoto={(file) => void photos.importing.bring([file], "camera")} />
      <FilePick photos={photos} />
    </span>
  );
}

function FilePick({ photos }: { photos: Photos }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        accept="image/*,.heic,.heif"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        data-testid="capture-files"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file may be chosen again after it was taken out.
          event.target.value = "";
          void photos.importing.bring(files, "picker");
        }}
      />
      <Button icon={<ImagePlus aria-hidden="true" />} onPress={() => input.current?.click()}>
        {m.capture_pick()}
      </Button>
    </>
  );
}

type ChosenProps = { photo: TrayPhoto | undefined; slot: string; slots: readonly PhotoSlot[]; onSlot: (slot: string) => void; onRemove: () => void; onLook: () => void };

function Chosen({ photo, slot, slots, onSlot, onRemove, onLook }: ChosenProps) {
  const url = usePhotoUrl();
  const name = slotWords(slot, slots);
  const small = photo?.thumb ?? photo?.preview ?? null;
  const odd = photo?.flags.filter((f) => f !== "no_exif") ?? [];
  return (
    <li className={css.chosen} data-testid="capture-photo" data-slot={slot}>
      <button type="button" className={css.picture} onClick={onLook} aria-label={m.capture_look_at({ slot: name })}>
        {small === null ? <ImageOff aria-hidden="true" size={32} /> : <img src={url(small)} alt="" draggable={false} />}
        <ZoomIn aria-hidden="true" className={css.zoom} size={20} />
      </button>
      <IconButton dense className={css.remove} label={m.capture_photo_remove({ slot: name })} icon={<Trash2 aria-hidden="true" />} onPress={onRemove} />
      <div className={css.seats} data-count={offered(slots, [{ hash: "", slot }]).length} role="group" aria-label={m.capture_slot_of({ name: photo?.name ?? "" })}>
        {offered(slots, [{ hash: "", slot }]).map((key) => (
          <button key={key} type="button" aria-pressed={key === slot} className={css.seat} onClick={() => onSlot(key === slot ? "" : key)}>
            {slotWords(key, slots)}
          </button>
        ))}
      </div>
      <p className={css.facts}>
        {photo?.taken_at
          ? photo.taken_basis === "file_mtime"
            ? m.capture_file_time({ time: takenWords(photo.taken_at).slice(5, 16) })
            : takenWords(photo.taken_at).slice(5, 16)
          : m.photo_taken_unknown()}
        {odd.length > 0 && <strong> {odd.map(flagWords).join(" ")}</strong>}
      </p>
    </li>
  );
}
