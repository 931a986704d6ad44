/** 平面图 on the compound page: layers, pins, and the picture itself for who keeps it. */
import { useNavigate } from "@tanstack/react-router";
import { ImageUp, PencilRuler } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { m } from "../../i18n";
import { type ApiError, asApiError, type PlanView, useRead, useTransport, useWrite } from "../../ipc";
import { Button, CheckBox, ErrorNote, Shape, toast } from "../../kit";
import { PlanMap, SIGN, stateWords } from "../../plan/PlanMap";
import css from "./PlanPart.module.css";

type Props = { id: string; chosen: string | undefined; onChoose: (no: string) => void; children: ReactNode };

export function PlanPart({ id, chosen, onChoose, children }: Props) {
  const { data, error } = useRead("plan.get", { id });
  if (error) return <ErrorNote error={error} />;
  return (
    <>
      {data?.image && <WithPlan plan={data} chosen={chosen} onChoose={onChoose} />}
      {children}
      {data?.may_draw && <Keep plan={data} />}
    </>
  );
}

function WithPlan({ plan, chosen, onChoose }: { plan: PlanView; chosen: string | undefined; onChoose: (no: string) => void }) {
  const navigate = useNavigate();
  const [layers, setLayers] = useState<Record<string, boolean>>({ overdue: true, open: true, closed: false });
  const pins = plan.pins.filter((p) => layers[p.state]);
  const counts = new Map<string, number>();
  for (const pin of pins) counts.set(pin.building, (counts.get(pin.building) ?? 0) + 1);
  return (
    <div className={css.plan}>
      <div className={css.layers} role="group" aria-label={m.plan_layers()}>
        {(["overdue", "open", "closed"] as const).map((state) => (
          <CheckBox key={state} isSelected={layers[state] ?? false} onChange={(on) => setLayers({ ...layers, [state]: on })}>
            <span className={css.layer}>
              <Shape sign={SIGN[state]} /> {stateWords(state)} {plan.pins.filter((p) => p.state === state).length}
            </span>
          </CheckBox>
        ))}
        {plan.unplaced > 0 && <span className={css.quiet}>{m.plan_unplaced({ count: plan.unplaced })}</span>}
      </div>
      <PlanMap plan={plan} pins={pins} counts={counts} chosen={chosen} onBuilding={onChoose} onPin={(pin) => void navigate({ to: "/cases/$id", params: { id: pin.case_id }, search: {} })} />
    </div>
  );
}

/** Importing a picture, and drawing on it. */
function Keep({ plan }: { plan: PlanView }) {
  const transport = useTransport();
  const navigate = useNavigate();
  const set = useWrite("plan.set");
  const file = useRef<HTMLInputElement>(null);
  const [same, setSame] = useState(false);
  const [error, setError] = useState<ApiError>();
  const take = async (picture: File | undefined) => {
    if (!picture) return;
    setError(undefined);
    try {
      const photo = await transport.importPhoto(picture, { name: picture.name, mtime_ms: picture.lastModified || null, channel: "picker" });
      await set.mutateAsync({ id: plan.compound_id, hash: photo.hash, same_place: same && plan.image !== null });
      toast(m.plan_set(), { tone: "done" });
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <div className={css.keep}>
      <input ref={file} type="file" accept="image/jpeg,image/png" className="visually-hidden" tabIndex={-1} aria-label={m.plan_import()} data-testid="plan-file" onChange={(e) => void take(e.target.files?.[0])} />
      <Button icon={<ImageUp aria-hidden="true" />} onPress={() => file.current?.click()}>
        {plan.image ? m.plan_replace() : m.plan_import()}
      </Button>
      {plan.image && (
        <>
          <CheckBox isSelected={same} onChange={setSame}>
            {m.plan_same_place()}
          </CheckBox>
          <Button icon={<PencilRuler aria-hidden="true" />} onPress={() => void navigate({ to: "/compounds/$id/plan", params: { id: plan.compound_id } })}>
            {m.plan_draw()}
          </Button>
        </>
      )}
      {error && <ErrorNote error={error} />}
    </div>
  );
}
