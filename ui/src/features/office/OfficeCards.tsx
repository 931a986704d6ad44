/** What the office watches over a case: clocks, the second look, a class proposed, the file for the archive. */
import type { CaseView } from "../../ipc";
import { ArchiveCard } from "./ArchiveCard";
import { ClassCard } from "./ClassCard";
import { ClocksCard } from "./ClocksCard";
import { SampleCard } from "./SampleCard";

export default function OfficeCards({ view }: { view: CaseView }) {
  return (
    <>
      {view.class_ask && <ClassCard ask={view.class_ask} />}
      <ClocksCard clocks={view.clocks} />
      {view.sample && <SampleCard sample={view.sample} />}
      <ArchiveCard parts={view.archive} />
    </>
  );
}
