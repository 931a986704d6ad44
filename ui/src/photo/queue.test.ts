import { describe, expect, test } from "vitest";
import { runInOrder } from "./queue";
import { seeded } from "./seeded.fixture";

/** Jobs that end when they are told to. */
function hand() {
  const open = new Map<number, { end: (n: number) => void; fail: (why: Error) => void }>();
  return { open, act: (job: number) => new Promise<number>((end, fail) => open.set(job, { end, fail })) };
}
const turn = async () => {
  for (let i = 0; i < 8; i++) await Promise.resolve();
};

describe("many jobs, a few at a time", () => {
  test("are never more than the lanes and are told in order, however they end", async () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const { open, act } = hand();
      const jobs = Array.from({ length: 1 + Math.floor(random() * 30) }, (_, i) => i);
      const lanes = 1 + Math.floor(random() * 4);
      const told: number[] = [];
      const tell = (job: number) => {
        told.push(job);
        return "go on" as const;
      };
      const run = runInOrder({ jobs, lanes, act, tell, stopped: () => false });
      for (let done = 0; done < jobs.length; done++) {
        expect(open.size, `seed ${seed}`).toBeLessThanOrEqual(lanes);
        const [job = -1] = [...open.keys()].sort(() => random() - 0.5);
        const one = open.get(job);
        open.delete(job);
        if (random() < 0.2) one?.fail(new Error("no"));
        else one?.end(job);
        await turn();
      }
      expect(await run).toEqual([]);
      expect(told, `seed ${seed}`).toEqual(jobs);
    }
  });

  test("stopped, what is under way is finished and told, and the rest is answered", async () => {
    const { open, act } = hand();
    let stop = false;
    const told: number[] = [];
    const tell = (job: number) => {
      told.push(job);
      return "go on" as const;
    };
    const run = runInOrder({ jobs: [0, 1, 2, 3, 4], lanes: 2, act, tell, stopped: () => stop });
    stop = true;
    open.get(1)?.end(1);
    await turn();
    expect(told).toEqual([]);
    open.get(0)?.end(0);
    expect(await run).toEqual([2, 3, 4]);
    expect(told).toEqual([0, 1]);
  });

  test("one that says stop lets no further one begin", async () => {
    const { open, act } = hand();
    const run = runInOrder({ jobs: [0, 1, 2], lanes: 1, act, tell: (_, result) => (result.ok ? "go on" : "stop"), stopped: () => false });
    open.get(0)?.fail(new Error("disk full"));
    expect(await run).toEqual([1, 2]);
    expect(open.has(1)).toBe(false);
  });

  test("jobs added while it runs are done, too", async () => {
    const { open, act } = hand();
    const jobs = [0];
    const told: number[] = [];
    const tell = (job: number) => {
      told.push(job);
      return "go on" as const;
    };
    const run = runInOrder({ jobs, lanes: 1, act, tell, stopped: () => false });
    jobs.push(1);
    open.get(0)?.end(0);
    await turn();
    open.get(1)?.end(1);
    await run;
    expect(told).toEqual([0, 1]);
  });
});
