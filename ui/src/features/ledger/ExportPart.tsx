/** 导出: choose, say why, watch it go out. On a laptop the file lies in the downloads, on the web the browser fetches it. */
import { useState } from "react";
import { m } from "../../i18n";
import { countText } from "../../i18n/format";
import type { LedgerCard, LedgerFormat } from "../../ipc";
import { Button, Card, ErrorNote, RadioRow, SectionHeading, TextField } from "../../kit";
import { ChoiceFields } from "./ChoiceFields";
import style from "./Ledger.module.css";
import { Progress } from "./Progress";
import { Written } from "./Written";
import { firstOf, rowsOf } from "./chosen";
import { useExport } from "./useExport";

const FORMATS: ReadonlyArray<{ value: LedgerFormat; label: () => string }> = [
  { value: "xlsx", label: m.ledger_format_xlsx },
  { value: "csv", label: m.ledger_format_csv },
  { value: "geojson", label: m.ledger_format_geojson },
];

export function ExportPart({ ledgers }: { ledgers: readonly LedgerCard[] }) {
  const [chosen, choose] = useState(() => firstOf(ledgers));
  const [format, setFormat] = useState<LedgerFormat>("xlsx");
  const [reason, setReason] = useState("");
  const out = useExport();
  const ready = reason.trim() !== "" && out.job.name === null;
  return (
    <Card label={m.ledger_tab_export()}>
      <div className={style.part}>
        <SectionHeading note={m.ledger_masked()}>{m.ledger_tab_export()}</SectionHeading>
        <ChoiceFields id="export" ledgers={ledgers} value={chosen} onChange={choose} />
        <RadioRow
          id="export-format"
          label={m.ledger_format()}
          options={FORMATS.map((f) => ({ value: f.value, label: f.label() }))}
          value={format}
          onChange={(v) => setFormat(FORMATS.find((f) => f.value === v)?.value ?? "xlsx")}
        />
        <TextField id="export-reason" label={m.ledger_reason()} hint={m.ledger_reason_hint()} required value={reason} onChange={setReason} maxLength={200} />
        <div className={style.row}>
          <Button tone="primary" isDisabled={!ready} onPress={() => void out.run({ ...rowsOf(chosen), format, reason, approval: null })}>
            {m.ledger_export()}
          </Button>
        </div>
        <Progress job={out.job} />
        {out.error && (out.error.code === "stopped" ? <p role="status">{m.ledger_stopped()}</p> : <ErrorNote error={out.error} />)}
        {out.file && <Written file={out.file} words={m.ledger_exported({ rows: countText(out.file.rows), number: out.file.number })} />}
      </div>
    </Card>
  );
}
