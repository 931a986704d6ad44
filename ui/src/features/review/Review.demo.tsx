import { useState } from "react";
import { CATALOGUE } from "../../form/fixture";
import { TransportProvider } from "../../ipc";
import { sampleAnswers } from "../../gallery/sample";
import { workTransport } from "../capture/fixture";
import { begin, type Draft, withReason } from "./decision";
import { DecidePanel } from "./DecidePanel";
import css from "./Demo.module.css";
import type { Queue } from "./queue";
import { ReviewDesk } from "./ReviewDesk";
import { say } from "../../i18n";

export const title = "Review desk";

const transport = workTransport(sampleAnswers());
const reasons = CATALOGUE.reasons.filter((r) => r.action === "return");
const nothing = () => {};

export function Demo() {
  const [at, setAt] = useState<{ queue: Queue; id: string | undefined }>({ queue: "to_review", id: undefined });
  const first = reasons[0];
  const [draft, setDraft] = useState<Draft>(() => (first ? withReason(begin("return", "door"), first, say, "") : begin("return", null)));
  return (
    <TransportProvider transport={transport}>
      <div className={css.desk}>
        <ReviewDesk queue={at.queue} caseId={at.id} onGo={(queue, id) => setAt({ queue, id })} onOpenCase={nothing} />
      </div>
      <div className={css.panel}>
        <DecidePanel draft={draft} reasons={reasons} slots={CATALOGUE.categories[0]?.slots ?? []} onChange={setDraft} onSend={nothing} onClose={nothing} />
      </div>
    </TransportProvider>
  );
}
