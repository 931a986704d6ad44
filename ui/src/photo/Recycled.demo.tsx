import { workTransport } from "../features/capture/fixture";
import { InRouter } from "../gallery/InRouter";
import { TransportProvider } from "../ipc";
import { PHOTOS, VISITS } from "./fixture";
import type { RecycledHit } from "../ipc";
import { Recycled } from "./Recycled";

export const title = "Photo recycled";

const transport = workTransport();
const hit = (over: Partial<RecycledHit>): RecycledHit => ({ kind: "same_picture", score: 94, hash: PHOTOS[0]?.hash ?? "", photo: PHOTOS[0] ?? null, case_id: "01930000-1043", case_no: "AJ-2026-0871", compound: "明珠苑", ...over });
const HITS = [hit({}), hit({ kind: "same_file", score: 100, case_id: null, case_no: "", compound: "", photo: null }), hit({ kind: "same_place", score: 71, case_id: "01930000-0902" })];

export function Demo() {
  const [own] = VISITS;
  if (!own) return null;
  return (
    <TransportProvider transport={transport}>
      <InRouter>
        {HITS.map((one) => (
          <Recycled key={one.kind} hits={[one]} caseId="01930000-0902" own={own} />
        ))}
        <Recycled hits={HITS} caseId="01930000-0902" own={own} />
      </InRouter>
    </TransportProvider>
  );
}
