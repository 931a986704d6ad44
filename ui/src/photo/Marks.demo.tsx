import { useState } from "react";
import { workTransport } from "../features/capture/fixture";
import { SLOTS } from "../form/fixture";
import { type MarkView, TransportProvider } from "../ipc";
import css from "./Demo.module.css";
import { MARKS, VISITS } from "./fixture";
import { PhotoStage } from "./PhotoStage";

export const title = "Photo marks";

const transport = workTransport();

export function Demo() {
  const [photos, setPhotos] = useState(() => VISITS.map((photo, i) => (i === 0 ? { ...photo, marks: MARKS } : photo)));
  const change = (hash: string, to: (marks: MarkView[]) => MarkView[]) => setPhotos((all) => all.map((photo) => (photo.hash === hash ? { ...photo, marks: to(photo.marks) } : photo)));
  return (
    <TransportProvider transport={transport}>
      <div className={css.stage}>
        <PhotoStage
          photos={photos}
          slots={SLOTS}
          scope="photo"
          mayLookUnder
          onMark={async (hash, mark) => change(hash, (all) => [...all, { ...mark, id: `m${all.length + 1}`, by: "u-zhang", by_name: "张建国", at: "2026-11-24T09:00:00+08:00", removable: true }])}
          onUnmark={async (hash, id) => change(hash, (all) => all.filter((one) => one.id !== id))}
        />
      </div>
    </TransportProvider>
  );
}
