import { Link } from "@tanstack/react-router";
import { m } from "../i18n";
import { useRead } from "../ipc";
import { type Sign, Shape, cx } from "../kit";
import { useReadyState } from "./session";
import { type ChipLook, chipLook, chipText } from "./syncWords";
import style from "./SyncChip.module.css";

const SIGNS: Record<ChipLook, Sign> = { synced: "tick", waiting: "dot", sending: "none", offline: "ring", needs_person: "diamond", not_saved: "cross", unreachable: "ring" };
/** The change event usually comes first; this is the net below it. */
const LOOK_AGAIN_MS = 5000;

/** One line, always in sight: what is safe here and what the server has. */
export function SyncChip() {
  const { host } = useReadyState();
  const { data, error } = useRead("sync.status", {}, { refetchInterval: LOOK_AGAIN_MS });
  // In a browser nothing is kept on this machine: when the server does not answer, the chip must not say otherwise.
  const look: ChipLook | null = error && host === "web" ? "unreachable" : data ? chipLook(data) : null;
  const text = look === "unreachable" ? m.sync_chip_unreachable() : data ? chipText(data) : "";
  return (
    <Link to="/sync" className={cx(style.chip, look && style[look])} aria-label={m.sync_chip_label({ text })}>
      <Shape sign={look ? SIGNS[look] : "none"} className={style.sign} />
      {look === "sending" && data && <progress className={style.progress} value={data.sending_done} max={Math.max(1, data.sending_total)} aria-hidden="true" />}
      <span role="status">{text}</span>
    </Link>
  );
}
