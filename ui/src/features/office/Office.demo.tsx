import { sampleAnswers } from "../../gallery/sample";
import { TransportProvider } from "../../ipc";
import { workTransport } from "../capture/fixture";
import { caseView } from "../case/fixture";
import OfficeCards from "./OfficeCards";
import { WATCHED, officeAnswers } from "./fixture";
import { PairPart } from "./PairPart";

export const title = "Clocks, second look, archive, a pair";

const transport = workTransport({ ...sampleAnswers(), ...officeAnswers() });

export function Demo() {
  return (
    <TransportProvider transport={transport}>
      <OfficeCards view={caseView(WATCHED)} />
      <PairPart one="pair-1" other="pair-2" />
    </TransportProvider>
  );
}
