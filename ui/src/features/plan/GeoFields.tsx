/** Longitude and latitude, typed. Half of a pair counts as none only while both are empty. */
import { m } from "../../i18n";
import type { Geo } from "../../ipc";
import { TextField } from "../../kit";
import css from "./PlanPart.module.css";

const EMPTY: Geo = { lon: "", lat: "", accuracy_m: null, datum: "wgs84", method: "map-click", captured_at: "" };

export function GeoFields({ geo, wrong, onGeo }: { geo: Geo | null; wrong: boolean; onGeo: (geo: Geo | null) => void }) {
  const put = (part: Partial<Geo>) => {
    const next = { ...EMPTY, ...geo, ...part };
    onGeo(next.lon.trim() === "" && next.lat.trim() === "" ? null : next);
  };
  return (
    <div className={css.row} data-field="geo">
      <TextField label={m.plan_lon()} inputMode="decimal" value={geo?.lon ?? ""} error={wrong ? m.plan_geo_wrong() : undefined} onChange={(lon) => put({ lon: lon.trim() })} />
      <TextField label={m.plan_lat()} inputMode="decimal" value={geo?.lat ?? ""} onChange={(lat) => put({ lat: lat.trim() })} />
    </div>
  );
}
