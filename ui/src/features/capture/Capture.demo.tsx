import { TransportProvider } from "../../ipc";
import { sampleAnswers } from "../../gallery/sample";
import { CaptureScreen } from "./CaptureScreen";
import { workTransport } from "./fixture";
import { RecordedPanel } from "./RecordedPanel";

export const title = "New case";

const transport = workTransport(sampleAnswers());
const nothing = () => {};

export function Demo() {
  return (
    <TransportProvider transport={transport}>
      <CaptureScreen draftId="d1" onDraft={nothing} onLeave={nothing} onOpenCase={nothing} />
      <RecordedPanel recorded={{ case_id: "c", case_no: "T-07-0043", events: [], saved_ms: Date.UTC(2026, 10, 23, 1, 31, 7) }} onAgain={nothing} onOpenCase={nothing} onLeave={nothing} />
    </TransportProvider>
  );
}
