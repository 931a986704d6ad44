/** 台账: out as files, in from edited ones, and back; personal data only by a second person's approval. */
import { Page } from "../../app/Page";
import { m } from "../../i18n";
import { useRead } from "../../ipc";
import { ErrorNote, Skeleton, Tabs } from "../../kit";
import { ApprovalPart } from "./ApprovalPart";
import { ExportPart } from "./ExportPart";
import { ImportPart } from "./ImportPart";

export function LedgersScreen() {
  const list = useRead("ledger.list", {});
  const mayImport = list.data?.rows.some((l) => l.may_import) ?? false;
  return (
    <Page title={m.ledger_title()} aside={<span>{m.ledger_note()}</span>}>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <Skeleton lines={8} />}
      {list.data && (
        <Tabs
          label={m.ledger_title()}
          tabs={[
            { id: "export", label: m.ledger_tab_export(), content: <ExportPart ledgers={list.data.rows} /> },
            ...(mayImport ? [{ id: "import", label: m.ledger_tab_import(), content: <ImportPart /> }] : []),
            ...(list.data.may_take_out ? [{ id: "clear", label: m.ledger_tab_clear(), content: <ApprovalPart ledgers={list.data.rows} /> }] : []),
          ]}
        />
      )}
    </Page>
  );
}
