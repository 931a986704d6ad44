import { TransportProvider } from "../ipc";
import { workTransport } from "../features/capture/fixture";
import { SLOTS } from "../form/fixture";
import { Facts } from "./Facts";
import { BROKEN, PHOTOS } from "./fixture";
import { PaneProblem } from "./PaneProblem";
import { PhotoStage } from "./PhotoStage";
import css from "./Demo.module.css";

export const title = "Photo stage";

const transport = workTransport();

export function Demo() {
  return (
    <TransportProvider transport={transport}>
      <div className={css.stage}>
        <PhotoStage photos={PHOTOS} slots={SLOTS} scope="photo" />
      </div>
      <div className={css.broken}>
        {(["no_preview", "missing", "damaged", "not_here_yet", "unreadable"] as const).map((why, i) => {
          const photo = BROKEN[i % BROKEN.length];
          return photo ? (
            <div key={why} className={css.box}>
              <PaneProblem why={why} photo={photo} />
            </div>
          ) : null;
        })}
      </div>
      {BROKEN.map((photo) => (
        <Facts key={photo.hash} photo={photo} />
      ))}
    </TransportProvider>
  );
}
