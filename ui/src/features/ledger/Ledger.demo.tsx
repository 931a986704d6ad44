import { Card } from "../../kit";
import { RequestList } from "./ApprovalPart";
import { BatchList } from "./Batches";
import { Preview } from "./Preview";
import { BATCHES, REPORT, REQUESTS } from "./fixture";

export const title = "Ledgers";

const none = () => undefined;

export function Demo() {
  return (
    <>
      <Card label="preview">
        <Preview report={REPORT} />
      </Card>
      <Card label="batches">
        <BatchList rows={BATCHES} busy={false} onUndo={none} />
      </Card>
      <Card label="requests">
        <RequestList
          rows={REQUESTS}
          busy={false}
          onApprove={none}
          onRefuse={none}
          onTake={none}
        />
      </Card>
    </>
  );
}
