/** 画楼: choose a building, place its corners by click or by arrows and Enter, and save what changed. */
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "../../app/Page";
import { useCommands } from "../../command";
import { m } from "../../i18n";
import { type CompoundView, type Datum, type PlanView, useRead, useWrite } from "../../ipc";
import { Button, ComboBox, EmptyState, ErrorNote, SectionHeading, Select, Skeleton, TextField, toast } from "../../kit";
import { Marked } from "../../form/Marked";
import { PlanMap, type Spot } from "../../plan/PlanMap";
import css from "./PlanPart.module.css";

export function PlanEditScreen() {
  const { id } = useParams({ from: "/compounds/$id/plan" });
  const plan = useRead("plan.get", { id });
  const compound = useRead("compound.get", { id });
  const error = plan.error ?? compound.error;
  if (!plan.data || !compound.data) return <Page title={m.plan_draw()}>{error ? <ErrorNote error={error} /> : <Skeleton lines={8} />}</Page>;
  if (!plan.data.image || !plan.data.may_draw) {
    return (
      <Page title={m.plan_draw()}>
        <EmptyState title={m.plan_none()} why={m.plan_none_why()}>
          <Link to="/compounds/$id" params={{ id }} search={{}}>
            {m.plan_leave()}
          </Link>
        </EmptyState>
      </Page>
    );
  }
  return <Editor key={plan.data.image.hash} plan={plan.data} compound={compound.data} />;
}

type Drawn = Record<string, Spot[]>;
type Anchor = { at: Spot; lon: string; lat: string };
const DATUMS: readonly Datum[] = ["wgs84", "cgcs2000", "gcj02", "bd09"];
const LABEL: Record<Datum, string> = { wgs84: "WGS-84", cgcs2000: "CGCS2000", gcj02: "GCJ-02", bd09: "BD-09" };

function Editor({ plan, compound }: { plan: PlanView; compound: CompoundView }) {
  const navigate = useNavigate();
  const save = useWrite("plan.draw");
  const [no, setNo] = useState<string | null>(null);
  const [corners, setCorners] = useState<Spot[]>([]);
  const [drawn, setDrawn] = useState<Drawn>({});
  const [past, setPast] = useState<Drawn[]>([]);
  const [datum, setDatum] = useState<Datum>(plan.georef?.datum ?? "wgs84");
  const [anchors, setAnchors] = useState<Partial<Record<"first" | "second", Anchor>>>(plan.georef ? { first: plan.georef.first, second: plan.georef.second } : {});
  const [placing, setPlacing] = useState<"first" | "second">();
  const [tied, setTied] = useState(false);

  const changed = Object.keys(drawn).length;
  const put = (building: string, shape: Spot[]) => {
    setPast((all) => [...all, drawn]);
    setDrawn({ ...drawn, [building]: shape });
    setCorners([]);
  };
  const undo = () => {
    if (corners.length > 0) return setCorners(corners.slice(0, -1));
    const before = past.at(-1);
    if (before) {
      setDrawn(before);
      setPast(past.slice(0, -1));
    }
  };
  const close = () => no !== null && corners.length >= 3 && put(no, corners);
  const point = (at: Spot) => {
    if (placing) {
      setAnchors({ ...anchors, [placing]: { lon: "", lat: "", ...anchors[placing], at } });
      setTied(true);
      setPlacing(undefined);
    } else if (no !== null) setCorners([...corners, at]);
  };
  const { first, second } = anchors;
  const georef = tied && first && second ? { datum, first, second } : null;
  const back = () => void navigate({ to: "/compounds/$id", params: { id: plan.compound_id }, search: {} });
  const send = () =>
    save.mutate(
      { id: plan.compound_id, buildings: drawn, georef },
      {
        onSuccess: () => {
          toast(m.plan_saved(), { tone: "done" });
          back();
        },
      },
    );
  useCommands([
    { id: "plan.undo", label: m.plan_undo(), keys: ["Mod+z"], scope: "form", run: undo },
    { id: "plan.save", label: m.plan_save(), keys: ["Mod+Enter"], scope: "form", inFields: true, when: changed > 0 || georef !== null, run: send },
    { id: "plan.leave", label: m.plan_leave(), keys: ["Escape"], scope: "form", run: back },
  ]);
  const kept = plan.buildings.filter((b) => !(b.no in drawn));
  const now = Object.entries(drawn).filter(([, shape]) => shape.length > 0).map(([plate, shape]) => ({ no: plate, corners: shape, middle: shape[0] ?? [0, 0] }));
  const has = no !== null && (drawn[no]?.length ?? plan.buildings.find((b) => b.no === no)?.corners.length ?? 0) > 0;
  return (
    <Page title={m.plan_draw_title({ name: compound.card.name })} aside={<span role="status">{changed > 0 && m.plan_changed({ count: changed })}</span>} end={<Button tone="quiet" keys="Escape" onPress={back}>{m.plan_leave()}</Button>}>
      {save.error && <ErrorNote error={save.error} />}
      <div className={css.columns}>
        <PlanMap plan={{ ...plan, buildings: [...kept, ...now] }} chosen={no ?? undefined} corners={corners} onPoint={point} />
        <div className={css.side}>
          <SectionHeading>{m.plan_building()}</SectionHeading>
          <Marked name="plan-building">
            <ComboBox
              label={m.plan_building()}
              hint={m.plan_building_hint()}
              options={compound.buildings.map((b) => ({ value: b.no, label: b.no }))}
              value={no}
              onChange={(next) => {
                setNo(next);
                setCorners([]);
              }}
            />
          </Marked>
          <p role="status" data-testid="plan-corners">
            {no === null ? m.plan_choose_first() : m.plan_corners({ count: corners.length })}
          </p>
          <div className={css.row}>
            <Button tone="primary" isDisabled={no === null || corners.length < 3} onPress={close}>
              {m.plan_close_shape()}
            </Button>
            <Button keys="Mod+z" isDisabled={corners.length === 0 && past.length === 0} onPress={undo}>
              {m.plan_undo()}
            </Button>
            <Button isDisabled={!has} onPress={() => no !== null && put(no, [])}>
              {m.plan_erase()}
            </Button>
          </div>
          <SectionHeading>{m.plan_georef()}</SectionHeading>
          <p className={css.quiet}>{m.plan_georef_why()}</p>
          <Select
            label={m.plan_datum()}
            value={datum}
            options={DATUMS.map((d) => ({ value: d, label: LABEL[d] }))}
            onChange={(d) => {
              setDatum(d as Datum);
              setTied(true);
            }}
          />
          {(["first", "second"] as const).map((which, i) => (
            <AnchorFields
              key={which}
              n={i + 1}
              anchor={anchors[which]}
              placing={placing === which}
              onPlace={() => setPlacing(which)}
              onChange={(anchor) => {
                setAnchors({ ...anchors, [which]: anchor });
                setTied(true);
              }}
            />
          ))}
          <Button tone="primary" keys="Mod+Enter" isDisabled={(changed === 0 && georef === null) || save.isPending} onPress={send}>
            {m.plan_save()}
          </Button>
        </div>
      </div>
    </Page>
  );
}

type AnchorProps = { n: number; anchor: Anchor | undefined; placing: boolean; onPlace: () => void; onChange: (anchor: Anchor) => void };

function AnchorFields({ n, anchor, placing, onPlace, onChange }: AnchorProps) {
  const now = anchor ?? { at: [0, 0] as Spot, lon: "", lat: "" };
  return (
    <div className={css.side} role="group" aria-label={m.plan_anchor({ n })}>
      <Button onPress={onPlace}>{placing ? m.plan_anchor_placing({ n }) : m.plan_anchor_place({ n })}</Button>
      {anchor && (
        <>
          <TextField label={m.plan_lon()} inputMode="decimal" value={now.lon} onChange={(lon) => onChange({ ...now, lon })} />
          <TextField label={m.plan_lat()} inputMode="decimal" value={now.lat} onChange={(lat) => onChange({ ...now, lat })} />
        </>
      )}
    </div>
  );
}
