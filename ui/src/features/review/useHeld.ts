/** Decisions in their grace: as the queue's answer names them, plus those just made and not in it yet. */
import { useCallback, useEffect, useMemo, useState } from "react";
import type { HeldView, ReviewQueueView } from "../../ipc";

export type Held = HeldView & { /** When the answer that said `left_ms` came, by this page's clock. */ answeredAt: number };

export function useHeld(queue: ReviewQueueView | undefined, answeredAt: number, onOver: () => void) {
  const [own, setOwn] = useState<Held[]>([]);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const listed = queue?.held;

  const held = useMemo(() => {
    const all = new Map<string, Held>();
    for (const h of own) all.set(h.id, h);
    for (const h of listed ?? []) all.set(h.id, { ...h, answeredAt });
    return [...all.values()].filter((h) => !dismissed.has(h.id)).sort((a, b) => a.answeredAt + a.left_ms - (b.answeredAt + b.left_ms));
  }, [own, listed, answeredAt, dismissed]);

  // When the latest grace is over the queue is read again: it then shows what became of it.
  useEffect(() => {
    const next = Math.min(...held.filter((h) => h.failed === null).map((h) => h.answeredAt + h.left_ms));
    if (!Number.isFinite(next)) return;
    const timer = setTimeout(
      () => {
        const now = Date.now();
        setOwn((list) => list.filter((h) => h.answeredAt + h.left_ms > now));
        onOver();
      },
      Math.max(0, next - Date.now()) + 250,
    );
    return () => clearTimeout(timer);
  }, [held, onOver]);

  const add = useCallback((h: HeldView) => setOwn((list) => [...list.filter((o) => o.id !== h.id), { ...h, answeredAt: Date.now() }]), []);
  const drop = useCallback((id: string) => {
    setOwn((list) => list.filter((h) => h.id !== id));
    setDismissed((set) => new Set([...set, id]));
  }, []);
  return { held, add, drop };
}
