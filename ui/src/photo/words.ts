/** Words for what a photo is and how far it has come. The states are those of the sync page, never a bare "synced". */
import type { Hides, MarkKind, PhotoFlag, PhotoSlot, PhotoState } from "../ipc/api.gen";
import { m, say } from "../i18n";
import { dayText, isoDate } from "../i18n/format";
import type { StagePhoto } from "./source";
import type { Mode } from "./useCompare";

export function stateWords(state: PhotoState, percent: number): string {
  switch (state) {
    case "only_here":
      return m.photo_state_only_here();
    case "thumb_sent":
      return m.photo_state_thumb_sent();
    case "sending":
      return m.photo_state_sending({ percent });
    case "verified":
      return m.photo_state_verified();
    case "backed_up":
      return m.photo_state_backed_up();
    case "remote":
      return m.photo_state_remote();
    case "missing":
      return m.photo_state_missing();
  }
}

export function flagWords(flag: PhotoFlag): string {
  switch (flag) {
    case "damaged":
      return m.photo_flag_damaged();
    case "trailing_bytes":
      return m.photo_flag_trailing();
    case "no_exif":
      return m.photo_flag_no_exif();
    case "no_preview":
      return m.photo_flag_no_preview();
    case "taken_after_import":
      return m.photo_flag_taken_after();
    case "taken_long_before":
      return m.photo_flag_long_before();
    case "clock_not_set":
      return m.photo_flag_clock_unset();
    case "clocks_differ":
      return m.photo_flag_clocks();
    case "position_off":
      return m.photo_flag_position_off();
    case "position_far":
      return m.photo_flag_position_far();
    case "edited_tag":
      return m.photo_flag_edited();
    case "sample":
      return m.photo_flag_sample();
  }
}

export function basisWords(basis: string): string {
  switch (basis) {
    case "gps_utc":
      return m.photo_basis_gps();
    case "exif_offset":
      return m.photo_basis_offset();
    case "exif_zone_assumed":
      return m.photo_basis_assumed();
    case "file_mtime":
      return m.photo_basis_mtime();
    default:
      return m.photo_basis_none();
  }
}

/** A slot's name from the catalogue; the three common ones are known without it. */
export function slotWords(slot: string, slots: readonly PhotoSlot[]): string {
  const known = slots.find((s) => s.key === slot);
  if (known) return say(known.label);
  switch (slot) {
    case "far":
      return m.photo_slot_far();
    case "near":
      return m.photo_slot_near();
    case "door":
      return m.photo_slot_door();
    case "":
      return m.photo_slot_none();
    default:
      return slot;
  }
}

/** The camera's own reading, as written there: never moved into another time zone. */
export function takenWords(takenAt: string): string {
  return takenAt.slice(0, 19).replace("T", " ");
}

export function modeWords(mode: Mode): string {
  switch (mode) {
    case "side":
      return m.photo_mode_side();
    case "curtain":
      return m.photo_mode_curtain();
    case "overlay":
      return m.photo_mode_overlay();
  }
}

/** Visit and day of a photo as far as they are known; a file's own time is no day to go by. */
export function visitWords(photo: StagePhoto): string {
  const taken = ["none", "file_mtime"].includes(photo.taken_basis) ? null : photo.taken_at;
  const day = taken ?? (photo.added_ms === undefined ? null : isoDate(photo.added_ms));
  return [photo.visit === undefined ? "" : m.photo_visit({ n: photo.visit }), day === null ? "" : dayText(day)].filter(Boolean).join(" · ");
}

export function markWords(kind: MarkKind): string {
  switch (kind) {
    case "arrow":
      return m.photo_mark_arrow();
    case "box":
      return m.photo_mark_box();
    case "text":
      return m.photo_mark_words();
    case "length":
      return m.photo_mark_measured();
    case "mosaic":
      return m.photo_mark_mosaic();
    case "comment":
      return m.photo_mark_comment();
  }
}

export function hidesWords(hides: Hides): string {
  switch (hides) {
    case "face":
      return m.photo_hides_face();
    case "plate":
      return m.photo_hides_plate();
    case "door":
      return m.photo_hides_door();
    case "other":
      return m.photo_hides_other();
  }
}
