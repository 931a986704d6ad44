/** 导入: choose a file, look at every problem, take in what is right, take it back. */
import { useRef, useState } from "react";
import { m } from "../../i18n";
import { countText } from "../../i18n/format";
import { type ApiError, type ImportReport, type LedgerUpload, asApiError, useTransport, useWrite } from "../../ipc";
import { Button, Card, CheckBox, ErrorNote, SectionHeading, toast } from "../../kit";
import { Batches } from "./Batches";
import style from "./Ledger.module.css";
import { Preview } from "./Preview";
import { Progress } from "./Progress";
import { useJob } from "./useJob";
import { fileWords } from "./words";

export function ImportPart() {
  const transport = useTransport();
  const look = useWrite("ledger.preview");
  const take = useWrite("ledger.import");
  const job = useJob();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<LedgerUpload>();
  const [seen, setSeen] = useState<ImportReport>();
  const [done, setDone] = useState<ImportReport>();
  const [duplicates, setDuplicates] = useState(false);
  const [error, setError] = useState<ApiError>();
  const guarded = async (work: (name: string) => Promise<void>) => {
    setError(undefined);
    try {
      await work(job.begin());
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      job.end();
    }
  };
  const choose = (chosen: File) => {
    setSeen(undefined);
    setDone(undefined);
    setDuplicates(false);
    void guarded(async (name) => {
      const taken = await transport.uploadLedger(chosen, chosen.name);
      setFile(taken);
      setSeen(await look.mutateAsync({ file: taken.file, duplicates: false, job: name }));
    });
  };
  const write = (of: LedgerUpload) =>
    guarded(async (name) => {
      const report = await take.mutateAsync({ file: of.file, duplicates, job: name });
      setDone(report);
      setSeen(undefined);
      toast(report.stopped ? m.ledger_import_stopped({ count: report.written }) : m.ledger_imported({ count: countText(report.written) }), { tone: "done" });
    });
  const right = seen ? seen.changed + seen.created + (duplicates ? seen.duplicates : 0) : 0;
  return (
    <div className={style.screen}>
      <Card label={m.ledger_tab_import()}>
        <div className={style.part}>
          <SectionHeading note={m.ledger_import_hint()}>{m.ledger_tab_import()}</SectionHeading>
          <input
            ref={input}
            type="file"
            hidden
            accept=".xlsx"
            data-testid="ledger-file"
            onChange={(event) => {
              const first = event.target.files?.[0];
              event.target.value = "";
              if (first) choose(first);
            }}
          />
          <div className={style.row}>
            <Button tone={seen ? "plain" : "primary"} isDisabled={job.name !== null} onPress={() => input.current?.click()}>
              {m.ledger_choose()}
            </Button>
            {file && <span className={style.path}>{file.name}</span>}
          </div>
          <Progress job={job} rows={seen?.rows ?? 0} />
          {error && <FileError error={error} />}
          {seen && file && (
            <>
              <Preview report={seen} />
              {seen.duplicates > 0 && (
                <CheckBox isSelected={duplicates} onChange={setDuplicates}>
                  {m.ledger_duplicates_too({ count: seen.duplicates })}
                </CheckBox>
              )}
              <div className={style.row}>
                <Button tone="primary" isDisabled={right === 0 || job.name !== null} onPress={() => void write(file)}>
                  {right === 0 ? m.ledger_nothing() : m.ledger_import({ count: countText(right) })}
                </Button>
              </div>
            </>
          )}
          {done && (
            <p role="status" data-testid="ledger-done">
              {done.stopped ? m.ledger_import_stopped({ count: done.written }) : m.ledger_imported({ count: countText(done.written) })}
            </p>
          )}
        </div>
      </Card>
      <Batches />
    </div>
  );
}

function FileError({ error }: { error: ApiError }) {
  const words = fileWords(error);
  if (words === undefined) return <ErrorNote error={error} />;
  return (
    <p role="alert" className={style.refused} data-testid="ledger-refused">
      {words} {m.ledger_f_safe()}
    </p>
  );
}
