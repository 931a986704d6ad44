import { DwellingFacts } from "./DwellingFacts";
import { DOSSIER } from "./fixture";

export const title = "Dwelling facts";

export function Demo() {
  return <DwellingFacts dossier={DOSSIER} />;
}
