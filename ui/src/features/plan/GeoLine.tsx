/** Coordinates with their datum said; what other maps call the same place is marked as worked out. */
import { m } from "../../i18n";
import type { GeoView } from "../../ipc";
import { Chip } from "../../kit";
import css from "./PlanPart.module.css";

const METHOD: Record<string, () => string> = { gps: m.plan_by_gps, "map-click": m.plan_by_map, "building-centroid": m.plan_by_building };

export function GeoLine({ geo, from }: { geo: GeoView; from?: string }) {
  const { given } = geo;
  return (
    <div className={css.side} data-testid="geo">
      <p className={css.row}>
        <strong>
          {given.lon}, {given.lat}
        </strong>
        <Chip>{geo.datum_label}</Chip>
        <span>{from === "photo" ? m.plan_from_photo() : (METHOD[given.method] ?? m.plan_by_map)()}</span>
        {given.accuracy_m !== null && <span>{m.plan_accuracy({ m: given.accuracy_m })}</span>}
      </p>
      {geo.outside && <Chip tone="today">{m.plan_outside()}</Chip>}
      {geo.indoor && <Chip tone="today">{m.plan_indoor()}</Chip>}
      {geo.others.map((o) => (
        <p key={o.datum_label} className={css.quiet}>
          {m.plan_shown({ datum: o.datum_label, lon: o.lon, lat: o.lat })}
        </p>
      ))}
    </div>
  );
}
