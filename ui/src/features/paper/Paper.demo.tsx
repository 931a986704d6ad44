import { WaitsNote } from "./FormParts";
import { CasePapers } from "./PapersCard";
import { PaperForm } from "./PaperForm";
import { PaperStands } from "./PaperStands";
import { WAITS } from "./fixture";
import { ofCase } from "./asked";
import { useAppState } from "../../app/session";

export const title = "Papers";

const nothing = () => {};

export function Demo() {
  const ready = useAppState().data;
  if (!ready) return null;
  return (
    <>
      <CasePapers id="01930000-2044" />
      <WaitsNote waits={WAITS} proceeding="" />
      <PaperForm of={ofCase("01930000-2044")} template="F09" end={null} onIssued={nothing} />
      <PaperStands id="p13" end={null} />
    </>
  );
}
