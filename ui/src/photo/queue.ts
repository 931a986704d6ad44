/**
 * Many jobs, a few at a time, answered in the order they were given: the second photo may be ready first, but the
 * first still gets the first place. Pure: knows no photo.
 */

export type Settled<R> = { ok: true; value: R } | { ok: false; thrown: unknown };

type Run<T, R> = {
  /** May grow while it runs. */
  jobs: readonly T[];
  lanes: number;
  act: (job: T) => Promise<R>;
  /** Told job by job, in order; `stop` begins no further one. */
  tell: (job: T, result: Settled<R>) => "go on" | "stop";
  /** Asked before each job begins. */
  stopped: () => boolean;
};

/** Answers the jobs never begun, once all that were have been told. */
export async function runInOrder<T, R>({ jobs, lanes, act, tell, stopped }: Run<T, R>): Promise<T[]> {
  const waiting = new Map<number, Settled<R>>();
  let begun = 0;
  let told = 0;
  let halted = false;
  const settle = async (job: T): Promise<Settled<R>> => {
    try {
      return { ok: true, value: await act(job) };
    } catch (thrown) {
      return { ok: false, thrown };
    }
  };
  const lane = async () => {
    while (begun < jobs.length && !halted && !stopped()) {
      const at = begun++;
      waiting.set(at, await settle(jobs[at] as T));
      for (let next = waiting.get(told); next; next = waiting.get(told)) {
        waiting.delete(told);
        if (tell(jobs[told++] as T, next) === "stop") halted = true;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return jobs.slice(begun);
}
