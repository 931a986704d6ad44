import { workTransport } from "../features/capture/fixture";
import { SLOTS } from "../form/fixture";
import { TransportProvider } from "../ipc";
import css from "./Demo.module.css";
import { MARKS, VISITS } from "./fixture";
import { PhotoStage } from "./PhotoStage";
import { StandAgain } from "./StandAgain";

export const title = "Photo compare";

/** Something is covered in the photo to stand again at. */
const MARKED = VISITS.map((photo) => (photo.slot === "near" ? { ...photo, marks: MARKS } : photo));
const transport = workTransport();

export function Demo() {
  return (
    <TransportProvider transport={transport}>
      <div className={css.stage}>
        <PhotoStage photos={VISITS} slots={SLOTS} scope="photo" />
      </div>
      <ul>
        <StandAgain photos={MARKED} slot="near" slots={SLOTS} />
      </ul>
    </TransportProvider>
  );
}
