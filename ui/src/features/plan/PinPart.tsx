/** Where on the plan, while a case is recorded; and the coordinates it will carry. */
import { m } from "../../i18n";
import { type DraftView, type Geo, useRead } from "../../ipc";
import { Button, TextField } from "../../kit";
import { PlanMap, type Spot } from "../../plan/PlanMap";
import type { Draft } from "../capture/useDraft";
import { GeoLine } from "./GeoLine";
import css from "./PlanPart.module.css";

export function PinPart({ draft }: { draft: Draft }) {
  const { content, change, view } = draft;
  const id = content.compound_id;
  const plan = useRead("plan.get", { id: id ?? "" }, { enabled: id !== null }).data;
  const pin = content.pin;
  const image = plan?.image;
  const mark: Spot | null = pin && image && pin.plan === image.hash ? [pin.x, pin.y] : null;
  return (
    <div className={css.side}>
      {plan && image && (
        <>
          <PlanMap plan={plan} small chosen={content.building} mark={mark} onPoint={([x, y]) => change({ pin: { plan: image.hash, x, y } })} />
          <div className={css.row}>
            <span role="status">{mark ? m.plan_pin_set() : m.plan_pin_how()}</span>
            {mark && <Button onPress={() => change({ pin: null })}>{m.plan_pin_clear()}</Button>}
          </div>
        </>
      )}
      <Coordinates view={view} geo={content.geo} refused={content.no_geo} onGeo={(geo) => change({ geo })} onRefuse={(no_geo) => change({ no_geo })} />
    </div>
  );
}

type Props = { view: DraftView; geo: Geo | null; refused: boolean; onGeo: (geo: Geo | null) => void; onRefuse: (no: boolean) => void };

const EMPTY: Geo = { lon: "", lat: "", accuracy_m: null, datum: "wgs84", method: "map-click", captured_at: "" };

function Coordinates({ view, geo, refused, onGeo, onRefuse }: Props) {
  const wrong = view.problems.some((p) => p.field === "geo");
  const put = (part: Partial<Geo>) => {
    const next = { ...EMPTY, ...geo, ...part };
    onGeo(next.lon.trim() === "" && next.lat.trim() === "" ? null : next);
  };
  return (
    <details className={css.side} open={geo !== null || undefined}>
      <summary>{m.plan_coordinates()}</summary>
      {view.geo && <GeoLine geo={view.geo} from={view.geo_from} />}
      {view.geo_from === "photo" && <Button onPress={() => onRefuse(true)}>{m.plan_geo_refuse()}</Button>}
      {refused && <Button onPress={() => onRefuse(false)}>{m.plan_geo_use()}</Button>}
      <div className={css.row} data-field="geo">
        <TextField label={m.plan_lon()} inputMode="decimal" value={geo?.lon ?? ""} error={wrong ? m.plan_geo_wrong() : undefined} onChange={(lon) => put({ lon: lon.trim() })} />
        <TextField label={m.plan_lat()} inputMode="decimal" value={geo?.lat ?? ""} onChange={(lat) => put({ lat: lat.trim() })} />
      </div>
    </details>
  );
}
