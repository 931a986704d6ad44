import { type KeyboardEvent, useRef } from "react";
import { m } from "../../i18n";
import type { BuildingView, CaseCard } from "../../ipc";
import { Shape, cx } from "../../kit";
import style from "./Compound.module.css";

const DONE = new Set(["CLOSED", "VOID", "VOIDED", "REJECTED", "ARCHIVED"]);

export type BuildingCount = { open: number; overdue: number };

export function countByBuilding(cases: readonly CaseCard[]): Map<string, BuildingCount> {
  const counts = new Map<string, BuildingCount>();
  for (const c of cases) {
    if (DONE.has(c.status)) continue;
    const now = counts.get(c.building) ?? { open: 0, overdue: 0 };
    counts.set(c.building, { open: now.open + 1, overdue: now.overdue + (c.bucket === "overdue" ? 1 : 0) });
  }
  return counts;
}

type BuildingGridProps = { buildings: readonly BuildingView[]; cases: readonly CaseCard[]; chosen: string | undefined; onChoose: (no: string) => void };

/** Where there is no site plan: the buildings by number, with what is open in each. Arrows move, Enter chooses. */
export function BuildingGrid({ buildings, cases, chosen, onChoose }: BuildingGridProps) {
  const counts = countByBuilding(cases);
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
    const by = step[event.key];
    if (by === undefined || !list.current) return;
    const all = [...list.current.querySelectorAll<HTMLElement>("button")];
    const at = all.findIndex((b) => b === document.activeElement);
    all[Math.max(0, Math.min(all.length - 1, by === Infinity ? all.length - 1 : by === -Infinity ? 0 : at + by))]?.focus();
    event.preventDefault();
  };
  return (
    <div ref={list} className={style.grid} onKeyDown={onKeyDown} role="group" aria-label={m.compound_buildings()} data-arrows="true">
      {buildings.map((b) => {
        const count = counts.get(b.no) ?? { open: 0, overdue: 0 };
        return (
          <button
            key={b.no}
            type="button"
            className={cx(style.building, count.overdue > 0 && style.overdue)}
            aria-pressed={chosen === b.no}
            onClick={() => onChoose(b.no)}
          >
            <span>{b.no}</span>
            {count.open > 0 && (
              <span className={style.mark} aria-hidden="true">
                <Shape sign={count.overdue > 0 ? "diamond" : "dot"} /> {count.open}
              </span>
            )}
            <span className="visually-hidden">{m.compound_building_counts({ open: count.open, overdue: count.overdue })}</span>
          </button>
        );
      })}
    </div>
  );
}
