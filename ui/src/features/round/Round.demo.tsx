import { PlanForm } from "./PlanForm";

export const title = "Round plan";

export function Demo() {
  return <PlanForm compounds={[{ id: "cmp-001", name: "东湖花园" }]} onDone={() => {}} />;
}
