import { Link, useNavigate } from "@tanstack/react-router";
import { Footprints } from "lucide-react";
import { Suspense, lazy } from "react";
import { m } from "../../i18n";
import { dayText } from "../../i18n/format";
import { type TodayView, useWrite } from "../../ipc";
import { Button, ErrorNote } from "../../kit";
import style from "./Today.module.css";

const RoundPicker = lazy(() => import("./RoundPicker"));

/** 本轮巡查: how far it is; where none is walked, those planned, or a compound to walk now (name or pinyin initials). */
export function RoundStrip({ today }: { today: TodayView }) {
  const navigate = useNavigate();
  const walk = useWrite("round.begin");
  const open = (id: string) => void navigate({ to: "/rounds/$id", params: { id } });
  if (today.round) {
    const { id, compound, done, skipped, stops } = today.round;
    return (
      <Button icon={<Footprints aria-hidden="true" />} onPress={() => open(id)}>
        {m.round_strip({ name: compound, done: done + skipped, all: stops })}
      </Button>
    );
  }
  const due = today.rounds[0];
  return (
    <div className={style.round}>
      {due && (
        <Link to="/rounds/$id" params={{ id: due.id }} className={style.more}>
          {m.round_due({ name: due.compound, date: dayText(due.date) })}
        </Link>
      )}
      <span className={style.roundLabel} aria-hidden="true">
        {m.round_begin()}
      </span>
      <Suspense fallback={null}>
        <RoundPicker onWalk={(id) => walk.mutate({ id }, { onSuccess: (begun) => open(begun.id) })} />
      </Suspense>
      {walk.error && <ErrorNote error={walk.error} />}
    </div>
  );
}
