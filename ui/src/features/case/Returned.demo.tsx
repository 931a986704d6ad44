import { CATALOGUE } from "../../form/fixture";
import { TransportProvider } from "../../ipc";
import { workTransport } from "../capture/fixture";
import { RETURNED } from "./fixture";
import { ReturnedBanner } from "./ReturnedBanner";

export const title = "Returned case";

const transport = workTransport();

export function Demo() {
  const { card, returned } = RETURNED;
  return (
    <TransportProvider transport={transport}>
      {returned && <ReturnedBanner caseId={card.id} no={card.no} returned={returned} category={CATALOGUE.categories[0]} mayResubmit />}
    </TransportProvider>
  );
}
