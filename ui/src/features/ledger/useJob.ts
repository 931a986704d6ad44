/** Long work under a name: how far it is, asked while it runs, and a way to stop it. */
import { useEffect, useRef, useState } from "react";
import { type LedgerJob, useTransport } from "../../ipc";

const ASK_MS = 300;

export type Job = { name: string | null; at: LedgerJob | null; begin: () => string; end: () => void; stop: () => void };

export function useJob(): Job {
  const transport = useTransport();
  const [name, setName] = useState<string | null>(null);
  const [at, setAt] = useState<LedgerJob | null>(null);
  const latest = useRef<string | null>(null);
  useEffect(() => {
    if (name === null) return;
    const timer = setInterval(() => {
      void transport
        .call("ledger.job", { job: name })
        .then((job) => {
          if (latest.current === name && job.running) setAt(job);
        })
        // The work itself tells what went wrong.
        .catch(() => undefined);
    }, ASK_MS);
    return () => clearInterval(timer);
  }, [name, transport]);
  return {
    name,
    at,
    begin: () => {
      const made = crypto.randomUUID();
      latest.current = made;
      setAt(null);
      setName(made);
      return made;
    },
    end: () => {
      latest.current = null;
      setName(null);
      setAt(null);
    },
    stop: () => {
      if (name !== null) void transport.call("ledger.stop", { job: name }).catch(() => undefined);
    },
  };
}
