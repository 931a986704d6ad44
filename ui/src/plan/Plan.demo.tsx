import { useState } from "react";
import { PLAN } from "./fixture";
import { PlanMap, type Spot } from "./PlanMap";

export const title = "Plan";

export function Demo() {
  const [chosen, setChosen] = useState<string>();
  const [mark, setMark] = useState<Spot | null>(null);
  const counts = new Map([
    ["8号", 1],
    ["2号", 1],
  ]);
  return (
    <>
      <PlanMap plan={PLAN} pins={PLAN.pins} counts={counts} chosen={chosen} onBuilding={setChosen} />
      <PlanMap plan={PLAN} small mark={mark} onPoint={setMark} />
    </>
  );
}
