/**
 * A plan: the picture moved by a CSS transform, buildings as SVG over it, pins as buttons over both. Nothing here
 * needs a GPU. Buttons, keys, wheel and drag do the same; Tab walks the pins.
 */
import { Maximize2, Minus, Plus } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { m, say } from "../i18n";
import type { PinView, PlanView } from "../ipc";
import { IconButton, Shape, cx } from "../kit";
import { clamp, FIT, matrix, pan, type Point, STEP, toImage, toStage, type View, zoomAt } from "../photo/geometry";
import { offset, useDrag, useStageSize, useWheel } from "../photo/stage";
import { usePhotoUrl } from "../photo/url";
import style from "./Plan.module.css";

/** Of the picture's width or height. */
export const UNIT = 100_000;
export type Spot = [number, number];

export const SIGN = { overdue: "diamond", open: "dot", closed: "ring" } as const;

type Props = {
  plan: PlanView;
  pins?: readonly PinView[];
  /** Number on a building: how many cases. */
  counts?: ReadonlyMap<string, number>;
  chosen?: string | undefined;
  onBuilding?: (no: string) => void;
  onPin?: (pin: PinView) => void;
  /** Asks for a point: a click, or Enter on the cross that arrows move. */
  onPoint?: (at: Spot) => void;
  /** Corners placed so far. */
  corners?: readonly Spot[];
  /** A point of its own, such as the pin being set. */
  mark?: Spot | null | undefined;
  small?: boolean;
};

const ARROWS: Record<string, Point> = { ArrowLeft: { x: 1, y: 0 }, ArrowRight: { x: -1, y: 0 }, ArrowUp: { x: 0, y: 1 }, ArrowDown: { x: 0, y: -1 } };
/** The stage takes keys of its own: the rule that forbids this does not count `application` among widgets. */
const FOCUS = { tabIndex: 0 };
/** CSS px of one arrow. */
const PAN = 60;
/** One arrow of the cross, and with Shift. */
const NUDGE = 1000;
const NUDGE_FAR = 5000;

export function PlanMap({ plan, pins = [], counts, chosen, onBuilding, onPin, onPoint, corners = [], mark, small }: Props) {
  const url = usePhotoUrl();
  const box = useRef<HTMLDivElement>(null);
  const stage = useStageSize(box);
  const [view, setView] = useState<View>(FIT);
  const [cross, setCross] = useState<Spot>([UNIT / 2, UNIT / 2]);
  const image = { w: plan.image?.width ?? 1, h: plan.image?.height ?? 1 };
  const at = clamp(view, stage, image);
  const now = useRef({ at, stage, image, onView: setView });
  now.current = { at, stage, image, onView: setView };
  useWheel(box, now);
  const drag = useDrag(now);
  const pressed = useRef<Point>(undefined);

  const picture = plan.image;
  if (!picture) return null;
  const shown = picture.preview_here && picture.preview !== null ? picture.preview : picture.original_here ? picture.hash : picture.thumb_here && picture.thumb !== null ? picture.thumb : undefined;
  const onStage = ([x, y]: readonly [number, number]) => toStage(at, stage, image, { x: x / UNIT, y: y / UNIT });
  const path = (all: readonly Spot[]) => all.map((c) => onStage(c)).map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`).join(" ");
  const zoom = (factor: number) => setView(zoomAt(at, stage, image, factor));
  const spot = (p: Point): Spot => {
    const i = toImage(at, stage, image, p);
    const unit = (n: number) => Math.round(Math.min(1, Math.max(0, n)) * UNIT);
    return [unit(i.x), unit(i.y)];
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow && onPoint && event.target === box.current) {
      const by = event.shiftKey ? NUDGE_FAR : NUDGE;
      const hold = (n: number) => Math.min(UNIT, Math.max(0, n));
      setCross(([x, y]) => [hold(x - arrow.x * by), hold(y - arrow.y * by)]);
    } else if (arrow) setView(pan(at, stage, image, arrow.x * PAN, arrow.y * PAN));
    else if (event.key === "Enter" && onPoint && event.target === box.current) onPoint(cross);
    else if (event.key === "+" || event.key === "=") zoom(STEP);
    else if (event.key === "-") zoom(1 / STEP);
    else if (event.key === "0") setView(FIT);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    // A second finger means a pinch: neither of the two points at anything.
    pressed.current = event.isPrimary ? { x: event.clientX, y: event.clientY } : undefined;
    drag.onPointerDown(event);
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    drag.onPointerUp(event);
    const from = pressed.current;
    pressed.current = undefined;
    const own = (event.target as Element).closest("[data-no-drag]") !== null;
    if (own || !from || !box.current || Math.hypot(event.clientX - from.x, event.clientY - from.y) >= 4) return;
    const where = offset(event.nativeEvent, box.current);
    if (onPoint) {
      setCross(spot(where));
      onPoint(spot(where));
      return;
    }
    const [x, y] = spot(where);
    const hit = plan.buildings.find((b) => inside(b.corners, x, y));
    if (hit) onBuilding?.(hit.no);
  };

  return (
    <div className={cx(style.frame, small && style.small)}>
      <div className={style.tools} role="group" aria-label={m.plan_zoom()}>
        <IconButton label={m.plan_zoom_in()} icon={<Plus aria-hidden="true" />} onPress={() => zoom(STEP)} />
        <IconButton label={m.plan_zoom_out()} icon={<Minus aria-hidden="true" />} onPress={() => zoom(1 / STEP)} />
        <IconButton label={m.plan_fit()} icon={<Maximize2 aria-hidden="true" />} onPress={() => setView(FIT)} />
      </div>
      <div
        ref={box}
        className={style.stage}
        data-testid="plan-map"
        data-arrows="true"
        role="application"
        {...FOCUS}
        aria-label={onPoint ? m.plan_stage_point() : m.plan_stage({ name: picture.name, count: pins.length })}
        {...drag}
        onPointerDown={onPointerDown}
        onPointerUp={onPointerUp}
        onKeyDown={onKeyDown}
      >
        {shown === undefined ? (
          <p className={style.missing}>{m.plan_not_here()}</p>
        ) : (
          <img className={style.picture} src={url(shown)} alt="" draggable={false} decoding="sync" style={{ width: image.w, height: image.h, transform: `matrix(${matrix(at, stage, image).join(",")})` }} />
        )}
        <svg className={style.over} width={stage.w} height={stage.h} aria-hidden="true">
          {plan.buildings.map((b) => {
            const middle = onStage(b.middle);
            const count = counts?.get(b.no) ?? 0;
            return (
              <g key={b.no} className={cx(style.building, chosen === b.no && style.chosen)}>
                <polygon points={path(b.corners)} />
                <text x={middle.x} y={middle.y - (count > 0 ? 14 : 0)} textAnchor="middle" dominantBaseline="middle">
                  {count > 0 ? `${b.no} ${count}` : b.no}
                </text>
              </g>
            );
          })}
          {corners.length > 0 && <polyline className={style.drawing} points={path(corners)} />}
          {corners.map((c, i) => {
            const p = onStage(c);
            return <circle key={`${i} ${c.join(" ")}`} className={style.corner} cx={p.x} cy={p.y} r={5} />;
          })}
          {onPoint && <Cross at={onStage(cross)} />}
          {mark && <Mark at={onStage(mark)} />}
        </svg>
        {pins.map((pin) => {
          const p = onStage([pin.x, pin.y]);
          const out = p.x < 0 || p.y < 0 || p.x > stage.w || p.y > stage.h;
          return (
            <button
              key={pin.case_id}
              type="button"
              data-no-drag
              data-testid={`pin-${pin.state}`}
              className={cx(style.pin, style[pin.state])}
              hidden={out}
              style={{ left: p.x, top: p.y }}
              aria-label={m.plan_pin({ state: stateWords(pin.state), place: [pin.building, pin.room].filter(Boolean).join(" "), type: say(pin.type_label), no: pin.no })}
              onClick={() => onPin?.(pin)}
            >
              <Shape sign={SIGN[pin.state as keyof typeof SIGN]} />
            </button>
          );
        })}
      </div>
    </div>
  );
}

export function stateWords(state: string): string {
  return state === "overdue" ? m.plan_overdue() : state === "open" ? m.plan_open() : m.plan_closed();
}

function Cross({ at }: { at: Point }) {
  return <path className={style.cross} d={`M${at.x - 14} ${at.y}H${at.x + 14}M${at.x} ${at.y - 14}V${at.y + 14}`} />;
}

function Mark({ at }: { at: Point }) {
  return <path className={style.mark} data-testid="plan-mark" d={`M${at.x} ${at.y}l-9 -14a10 10 0 1 1 18 0Z`} />;
}

/** Whether a point lies within corners: a line to the right crosses their edges an odd number of times. */
export function inside(corners: readonly Spot[], x: number, y: number): boolean {
  let odd = false;
  corners.forEach(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  });
  return odd;
}
