/** Where on the plan, while a case is recorded; and the coordinates it will carry. */
import { m } from "../../i18n";
import { type DraftView, type Geo, useRead } from "../../ipc";
import { Button } from "../../kit";
import { PlanMap, type Spot } from "../../plan/PlanMap";
import type { Draft } from "../capture/useDraft";
import { GeoFields } from "./GeoFields";
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

function Coordinates({ view, geo, refused, onGeo, onRefuse }: Props) {
  const wrong = view.problems.some((p) => p.field === "geo");
  return (
    <details className={css.side} open={geo !== null || undefined}>
      <summary>{m.plan_coordinates()}</summary>
      {view.geo && <GeoLine geo={view.geo} from={view.geo_from} />}
      {view.geo_from === "photo" && <Button onPress={() => onRefuse(true)}>{m.plan_geo_refuse()}</Button>}
      {refused && <Button onPress={() => onRefuse(false)}>{m.plan_geo_use()}</Button>}
      <GeoFields geo={geo} wrong={wrong} onGeo={onGeo} />
    </details>
  );
}
