/**
 * Keeps the latest text on disk: waits for a breath, never for the end of the sentence, and never
 * lets an older save land after a newer one.
 */

export type Timer = { set(run: () => void, ms: number): unknown; clear(handle: unknown): void };

const realTimer: Timer = {
  set: (run, ms) => setTimeout(run, ms),
  clear: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};

/** Typing pause before a save. With the save itself this stays under 300 ms. */
export const PAUSE_MS = 120;
/** Somebody who never pauses is saved this often. */
export const LONGEST_MS = 250;
/** After a failed save, when to try again. */
export const RETRY_MS = 2000;

export type Autosave<T> = {
  /** Notes a change; it will be on disk within `LONGEST_MS` plus one save. */
  change(value: T): void;
  /** Saves now and waits until what was last noted is on disk. */
  flush(): Promise<void>;
  /** Saves what is noted and stops. */
  close(): Promise<void>;
  /** Whether something noted is not on disk yet. */
  dirty(): boolean;
};

export function autosave<T, Answer>(options: {
  save: (value: T) => Promise<Answer>;
  onSaved: (answer: Answer, stillCurrent: boolean) => void;
  onFailed: (error: unknown) => void;
  timer?: Timer;
  now?: () => number;
}): Autosave<T> {
  const timer = options.timer ?? realTimer;
  const now = options.now ?? (() => performance.now());
  let waiting: { value: T; since: number } | null = null;
  let handle: unknown = null;
  let running: Promise<void> | null = null;
  let closed = false;

  function arm(ms: number) {
    if (handle !== null) timer.clear(handle);
    handle = timer.set(() => {
      handle = null;
      void run();
    }, ms);
  }

  async function once(): Promise<boolean> {
    const taken = waiting;
    if (taken === null) return true;
    waiting = null;
    try {
      const answer = await options.save(taken.value);
      options.onSaved(answer, waiting === null);
      return true;
    } catch (error) {
      // Nothing typed meanwhile: what failed is still the newest and is tried again.
      waiting ??= taken;
      options.onFailed(error);
      return false;
    }
  }

  function run(): Promise<void> {
    // One save at a time: the next starts after the last has answered.
    running ??= (async () => {
      const ok = await once();
      running = null;
      if (waiting !== null && handle === null && !closed) arm(ok ? 0 : RETRY_MS);
    })();
    return running;
  }

  return {
    change(value) {
      if (closed) return;
      const since = waiting?.since ?? now();
      waiting = { value, since };
      if (running !== null) return;
      arm(Math.max(0, Math.min(PAUSE_MS, since + LONGEST_MS - now())));
    },
    async flush() {
      if (handle !== null) timer.clear(handle);
      handle = null;
      if (running !== null) await running;
      if (handle !== null) timer.clear(handle);
      handle = null;
      if (waiting !== null) await run();
    },
    async close() {
      closed = true;
      await this.flush();
    },
    dirty: () => waiting !== null || running !== null,
  };
}
