/**
 * Photos on their way in: how far they are, how to stop, what was refused. What is saved stays, whatever happens to
 * the rest. A screen that is left stops nothing: the photos come out in the tray.
 */
import { useCallback, useRef, useState } from "react";
import { type ApiError, asApiError, type Channel, type ErrorCode, type TrayPhoto, useTransport } from "../ipc";
import { runInOrder } from "./queue";

export type Failed = { name: string; error: ApiError };
/** Stopped before the end, by the person or by a cause that would hit every further photo as well. */
export type Halted = { saved: number; left: number; error?: ApiError };

export type Importing = {
  now: { done: number; total: number; name: string } | undefined;
  failed: readonly Failed[];
  halted: Halted | undefined;
  bring: (files: Iterable<File>, channel: Channel, slot?: string) => Promise<void>;
  /** What is being written is finished; nothing further begins. */
  stop: () => void;
  /** Kept once nothing is on its way any more; what was given so far then has its place, or was refused. */
  settled: () => Promise<void>;
  /** Goes on with what was left. */
  resume: () => void;
  /** What was refused or left is known now. */
  forget: () => void;
};

type Job = { file: File; channel: Channel; slot: string };

/** One is hashed and drawn while the next is read. */
const LANES = 2;
/** Not the photo's fault: the next one would fare no better. */
const COMMON: readonly ErrorCode[] = ["disk_full", "disk_failed", "offline", "signed_out", "locked", "stopped", "device_revoked"];

/** `put` is told of each photo in the order the files were given. */
export function useImport(put: (photo: TrayPhoto, slot: string) => void): Importing {
  const transport = useTransport();
  const [now, setNow] = useState<Importing["now"]>();
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const [halted, setHalted] = useState<Halted>();
  const told = useRef(put);
  told.current = put;
  const running = useRef<{ jobs: Job[]; stop: boolean; whole: Promise<void> }>(undefined);
  const left = useRef<Job[]>([]);

  const start = useCallback(
    (jobs: Job[]): Promise<void> => {
      const run = { jobs, stop: false, whole: Promise.resolve() };
      let done = 0;
      let saved = 0;
      let cause: ApiError | undefined;
      const again: Job[] = [];
      const show = (name: string) => setNow({ done, total: run.jobs.length, name });
      show(jobs[0]?.file.name ?? "");
      const whole = async () => {
        const rest = await runInOrder<Job, TrayPhoto>({
          jobs,
          lanes: LANES,
          act: ({ file, channel }) => transport.importPhoto(file, { name: file.name, mtime_ms: file.lastModified || null, channel }),
          tell: (job, result) => {
            done++;
            show(job.file.name);
            if (result.ok) {
              saved++;
              told.current(result.value, job.slot);
              return "go on";
            }
            const error = asApiError(result.thrown);
            if (!COMMON.includes(error.code)) {
              setFailed((all) => [...all, { name: job.file.name, error }]);
              return "go on";
            }
            again.push(job);
            cause ??= error;
            return "stop";
          },
          stopped: () => run.stop,
        });
        running.current = undefined;
        left.current = [...again, ...rest];
        setNow(undefined);
        if (left.current.length > 0) setHalted({ saved, left: left.current.length, ...(cause ? { error: cause } : {}) });
      };
      running.current = run;
      run.whole = whole();
      return run.whole;
    },
    [transport],
  );

  const bring = useCallback<Importing["bring"]>(
    (files, channel, slot = "") => {
      const jobs = [...files].map((file) => ({ file, channel, slot }));
      if (jobs.length === 0) return Promise.resolve();
      const run = running.current;
      if (!run) return start(jobs);
      run.jobs.push(...jobs);
      setNow((n) => n && { ...n, total: run.jobs.length });
      return run.whole;
    },
    [start],
  );
  const forget = useCallback(() => {
    left.current = [];
    setHalted(undefined);
    setFailed([]);
  }, []);
  return {
    now,
    failed,
    halted,
    bring,
    stop: useCallback(() => {
      if (running.current) running.current.stop = true;
    }, []),
    settled: useCallback(() => running.current?.whole ?? Promise.resolve(), []),
    resume: useCallback(() => {
      const jobs = left.current;
      left.current = [];
      setHalted(undefined);
      if (jobs.length > 0) void start(jobs);
    }, [start]),
    forget,
  };
}
