import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { m } from "../i18n";
import { Button, IconButton } from "./Button";
import { Shape } from "./Chip";
import { cx } from "./classes";
import { type ToastItem, dismissToast, undoOne, useToasts } from "./toasts";
import style from "./Toast.module.css";

/** Once, in the shell. Polite: read out without taking the focus. */
export function ToastRegion() {
  const items = useToasts();
  return (
    <section aria-label={m.kit_messages()} aria-live="polite" className={style.region}>
      {items.map((item) => (
        <Toast key={item.id} item={item} />
      ))}
    </section>
  );
}

function Toast({ item }: { item: ToastItem }) {
  const left = useSecondsLeft(item.until_ms);
  useEffect(() => {
    if (left !== null && left <= 0) dismissToast(item.id);
  }, [left, item.id]);
  return (
    <div className={cx(style.toast, item.tone === "done" && style.done, item.tone === "error" && style.error)}>
      <Shape sign={item.tone === "done" ? "tick" : item.tone === "error" ? "diamond" : "none"} />
      <span>{item.message}</span>
      {item.undo && (
        <Button tone="quiet" onPress={() => undoOne(item.id)} keys="Mod+Z">
          {m.kit_undo()}
        </Button>
      )}
      {item.undo && left !== null && (
        <span className={style.left} aria-hidden="true">
          {m.kit_seconds({ count: Math.max(0, left) })}
        </span>
      )}
      <IconButton label={m.kit_close()} icon={<X aria-hidden="true" />} onPress={() => dismissToast(item.id)} />
    </div>
  );
}

function useSecondsLeft(until_ms: number | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until_ms === null) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until_ms]);
  return until_ms === null ? null : Math.ceil((until_ms - now) / 1000);
}
