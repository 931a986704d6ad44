/** Says before a walk, not in the middle of it, that the disk takes few more photos. */
import { HardDrive } from "lucide-react";
import { m } from "../i18n";
import { bytesText, countText } from "../i18n/format";
import { useRead } from "../ipc";
import css from "./Import.module.css";

export function RoomNote() {
  const room = useRead("storage.get", {}).data;
  if (!room?.low || room.photos_fit === null || room.free_bytes === null) return null;
  return (
    <p className={css.room} role="status" data-testid="room-note">
      <HardDrive aria-hidden="true" size={16} />
      {m.photo_room_low({ count: countText(room.photos_fit), free: bytesText(room.free_bytes) })}
    </p>
  );
}
