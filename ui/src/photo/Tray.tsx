/** Photos that came in and stand in no case yet, newest first: one click puts one in. */
import { ImageOff } from "lucide-react";
import { useEffect, useState } from "react";
import { m } from "../i18n";
import { ago, bytesText } from "../i18n/format";
import type { TrayPhoto } from "../ipc";
import { Button, cx } from "../kit";
import css from "./Tray.module.css";
import { usePhotoUrl } from "./url";

const FEW = 8;

type Props = { title: string; photos: readonly TrayPhoto[]; onAdd: (photo: TrayPhoto) => void; testid?: string };

export function Tray({ title, photos, onAdd, testid }: Props) {
  const url = usePhotoUrl();
  const now = useMinute();
  const [all, setAll] = useState(false);
  const newest = [...photos].sort((a, b) => b.imported_ms - a.imported_ms);
  const shown = all ? newest : newest.slice(0, FEW);
  return (
    <div className={css.tray}>
      <h3>{title}</h3>
      {photos.length === 0 ? (
        <p className={css.quiet}>{m.capture_tray_empty()}</p>
      ) : (
        <ul className={css.row} data-testid={testid}>
          {shown.map((photo) => (
            <li key={photo.hash}>
              <button type="button" className={cx(css.waiting, photo.used_in !== null && css.used)} onClick={() => onAdd(photo)} title={`${photo.name} · ${bytesText(photo.bytes)}`}>
                {photo.thumb === null ? <ImageOff aria-hidden="true" size={24} /> : <img src={url(photo.thumb)} alt="" loading="lazy" draggable={false} />}
                <span className="visually-hidden">{m.capture_tray_add({ name: photo.name })}</span>
                <span className={css.when}>{photo.used_in === null ? ago(photo.imported_ms, now) : m.capture_tray_used()}</span>
              </button>
            </li>
          ))}
          {newest.length > shown.length && (
            <li>
              <Button tone="quiet" onPress={() => setAll(true)}>
                {m.capture_tray_more({ count: newest.length - shown.length })}
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

const MINUTE_MS = 60_000;

/** The time, again every minute: a photo does not stay "just now". */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  // Whatever draws it anew in between is later than the minute.
  return Math.max(now, Date.now());
}
