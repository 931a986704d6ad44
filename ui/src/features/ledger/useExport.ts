import { useState } from "react";
import { type ApiError, type Args, type LedgerFile, asApiError, useWrite } from "../../ipc";
import { fetchFile } from "../../ipc/fetchFile";
import { useJob } from "./useJob";

type Asked = Omit<Args<"ledger.export">, "job">;

/** One export at a time, watched; on the web the browser fetches the file as soon as it is there. */
export function useExport() {
  const write = useWrite("ledger.export");
  const job = useJob();
  const [file, setFile] = useState<LedgerFile>();
  const [error, setError] = useState<ApiError>();
  const run = async (asked: Asked) => {
    setFile(undefined);
    setError(undefined);
    try {
      const done = await write.mutateAsync({ ...asked, job: job.begin() });
      if (done.url !== null) fetchFile(done.url, done.name);
      setFile(done);
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      job.end();
    }
  };
  return { job, file, error, run };
}
