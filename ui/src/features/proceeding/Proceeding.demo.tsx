import { StepForm } from "./StepForm";
import { PartyPart } from "./PartyPart";
import { PROCEEDING } from "./fixture";
import { useAppState } from "../../app/session";

export const title = "Proceeding";

const nothing = () => {};
const step = PROCEEDING.next[1];

export function Demo() {
  const ready = useAppState().data;
  return (
    <>
      <PartyPart view={PROCEEDING} onSaved={nothing} />
      {ready && step && <StepForm view={PROCEEDING} step={step} onClose={nothing} />}
    </>
  );
}
