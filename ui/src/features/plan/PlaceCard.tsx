/** 位置 of a case that exists: its coordinates and its pin, and putting either right. */
import { useState } from "react";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import { type ApiError, asApiError, type CaseView, type Geo, type Pin, useRead, useWrite } from "../../ipc";
import { Button, Card, ErrorNote, SectionHeading, toast } from "../../kit";
import { PlanMap, type Spot } from "../../plan/PlanMap";
import { GeoFields } from "./GeoFields";
import { GeoLine } from "./GeoLine";
import css from "./PlanPart.module.css";

export default function PlaceCard({ view }: { view: CaseView }) {
  const [placing, setPlacing] = useState(false);
  if (!view.geo && !view.pin && !view.may_place) return null;
  return (
    <Card label={m.plan_place()}>
      <SectionHeading>{m.plan_place()}</SectionHeading>
      {placing ? (
        <Placing view={view} onDone={() => setPlacing(false)} />
      ) : (
        <div className={css.side}>
          {view.geo && <GeoLine geo={view.geo} />}
          <Plan view={view} pin={view.pin} />
          {!view.geo && !view.pin && <p className={css.quiet}>{m.plan_place_none()}</p>}
          {view.may_place && (
            <div className={css.row}>
              <Marked name="case-place">
                <Button onPress={() => setPlacing(true)}>{view.geo || view.pin ? m.plan_place_change() : m.plan_place_set()}</Button>
              </Marked>
            </div>
          )}
        </div>
      )}
    </Card>
  );
}

/** The pin on the compound's plan; nothing where there is no plan or the pin stands on another. */
function Plan({ view, pin, onPoint }: { view: CaseView; pin: Pin | null; onPoint?: (pin: Pin) => void }) {
  const plan = useRead("plan.get", { id: view.card.compound_id }, { enabled: pin !== null || onPoint !== undefined }).data;
  const image = plan?.image;
  if (!plan || !image) return null;
  const mark: Spot | null = pin && pin.plan === image.hash ? [pin.x, pin.y] : null;
  if (!mark && !onPoint) return null;
  return (
    <>
      <PlanMap plan={plan} small chosen={view.card.building} mark={mark} {...(onPoint ? { onPoint: ([x, y]: Spot) => onPoint({ plan: image.hash, x, y }) } : {})} />
      {onPoint && <span role="status">{mark ? m.plan_pin_set() : m.plan_pin_how()}</span>}
    </>
  );
}

function Placing({ view, onDone }: { view: CaseView; onDone: () => void }) {
  const write = useWrite("case.place");
  const [pin, setPin] = useState(view.pin);
  const [geo, setGeo] = useState<Geo | null>(null);
  const [error, setError] = useState<ApiError>();
  const save = async () => {
    setError(undefined);
    try {
      // What nobody touched is not said again.
      await write.mutateAsync({ id: view.card.id, geo, pin: pin === view.pin ? null : pin });
      toast(m.plan_place_saved(), { tone: "done" });
      onDone();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <div className={css.side}>
      <Plan view={view} pin={pin} onPoint={setPin} />
      <GeoFields geo={geo} wrong={error?.field === "geo"} onGeo={setGeo} />
      {error && <ErrorNote error={error} />}
      <div className={css.row}>
        <Marked name="case-place-save">
          <Button tone="primary" isDisabled={write.isPending || (geo === null && pin === view.pin)} onPress={() => void save()}>
            {m.plan_place_save()}
          </Button>
        </Marked>
        <Button onPress={onDone}>{m.kit_cancel()}</Button>
      </div>
    </div>
  );
}
