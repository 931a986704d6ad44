import { PlanForm } from "./PlanForm";
import { StopList, StopNow } from "./RoundScreen";
import { ROUND } from "./fixture";

export const title = "Round";

const nothing = () => {};
const now = ROUND.stops[4];

export function Demo() {
  return (
    <>
      <PlanForm compounds={[{ id: "cmp-001", name: "东湖花园" }]} onDone={nothing} />
      <StopList stops={ROUND.stops} current={now?.id} onChoose={nothing} />
      {now && <StopNow stop={now} walking onArrive={nothing} onSkip={nothing} onOpen={nothing} onVisit={nothing} />}
    </>
  );
}
