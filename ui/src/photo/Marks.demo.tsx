import { useState } from "react";
import { workTransport } from "../features/capture/fixture";
import { SLOTS } from "../form/fixture";
import { TransportProvider } from "../ipc";
import css from "./Demo.module.css";
import { MARKS, VISITS } from "./fixture";
import { PhotoStage } from "./PhotoStage";

export const title = "Photo marks";

const transport = workTransport();

export function Demo() {
  const [marks, setMarks] = useState(MARKS);
  const photos = VISITS.map((photo, i) => (i === 0 ? { ...photo, marks } : photo));
  return (
    <TransportProvider transport={transport}>
      <div className={css.stage}>
        <PhotoStage
          photos={photos}
          slots={SLOTS}
          scope="photo"
          mayLookUnder
          onMark={async (_, mark) => setMarks((all) => [...all, { ...mark, id: `m${all.length + 1}`, by: "u-zhang", by_name: "张建国", at: "2026-11-24T09:00:00+08:00", removable: true }])}
          onUnmark={async (_, id) => setMarks((all) => all.filter((one) => one.id !== id))}
        />
      </div>
    </TransportProvider>
  );
}
