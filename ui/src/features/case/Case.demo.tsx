import { TransportProvider } from "../../ipc";
import { sampleAnswers } from "../../gallery/sample";
import { workTransport } from "../capture/fixture";
import { CaseScreen } from "./CaseScreen";

export const title = "Case page";

const transport = workTransport(sampleAnswers());
const nothing = () => {};

export function Demo() {
  return (
    <TransportProvider transport={transport}>
      <CaseScreen id="01930000-1043" onOpenCase={nothing} />
    </TransportProvider>
  );
}
