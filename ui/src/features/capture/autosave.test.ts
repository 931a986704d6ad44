import { describe, expect, it } from "vitest";
import { LONGEST_MS, PAUSE_MS, RETRY_MS, autosave } from "./autosave";

/** A clock that moves only when told. */
function clockwork() {
  let now = 0;
  let next = 1;
  const due = new Map<number, { at: number; run: () => void }>();
  return {
    now: () => now,
    timer: {
      set(run: () => void, ms: number) {
        const id = next++;
        due.set(id, { at: now + ms, run });
        return id;
      },
      clear(handle: unknown) {
        due.delete(handle as number);
      },
    },
    async advance(ms: number) {
      const end = now + ms;
      for (;;) {
        const first = [...due].filter(([, d]) => d.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
        if (!first) break;
        due.delete(first[0]);
        now = first[1].at;
        first[1].run();
        for (let i = 0; i < 10; i++) await Promise.resolve();
      }
      now = end;
    },
  };
}

function setUp(save?: (v: string) => Promise<string>) {
  const clock = clockwork();
  const disk: { at: number; value: string }[] = [];
  const failures: unknown[] = [];
  const saver = autosave<string, string>({
    save:
      save ??
      (async (value) => {
        disk.push({ at: clock.now(), value });
        return value;
      }),
    onSaved: () => {},
    onFailed: (e) => failures.push(e),
    timer: clock.timer,
    now: clock.now,
  });
  return { clock, disk, saver, failures };
}

describe("autosave", () => {
  it("saves once after a pause", async () => {
    const { clock, disk, saver } = setUp();
    saver.change("a");
    await clock.advance(50);
    saver.change("ab");
    await clock.advance(PAUSE_MS);
    expect(disk).toEqual([{ at: 50 + PAUSE_MS, value: "ab" }]);
    expect(saver.dirty()).toBe(false);
  });

  it("loses at most 300 ms of somebody who never pauses", async () => {
    const { clock, disk, saver } = setUp();
    const typed: { at: number; value: string }[] = [];
    for (let i = 0; i < 100; i++) {
      const value = "x".repeat(i + 1);
      typed.push({ at: clock.now(), value });
      saver.change(value);
      await clock.advance(40);
    }
    for (const t of typed) {
      const safe = disk.find((d) => d.value.length >= t.value.length);
      if (t.at < clock.now() - LONGEST_MS) expect(safe && safe.at - t.at).toBeLessThanOrEqual(LONGEST_MS);
    }
  });

  it("never lets an older save land after a newer one", async () => {
    let release: (() => void) | undefined;
    const landed: string[] = [];
    const { clock, saver } = setUp(async (value) => {
      if (value === "slow") await new Promise<void>((done) => (release = done));
      landed.push(value);
      return value;
    });
    saver.change("slow");
    await clock.advance(PAUSE_MS);
    saver.change("newer");
    await clock.advance(1000);
    expect(landed).toEqual([]);
    release?.();
    for (let i = 0; i < 10; i++) await Promise.resolve();
    await clock.advance(PAUSE_MS);
    expect(landed).toEqual(["slow", "newer"]);
  });

  it("keeps what could not be saved and tries again", async () => {
    let full = true;
    const landed: string[] = [];
    const { clock, saver, failures } = setUp(async (value) => {
      if (full) throw new Error("disk_full");
      landed.push(value);
      return value;
    });
    saver.change("words");
    await clock.advance(PAUSE_MS);
    expect(failures).toHaveLength(1);
    expect(saver.dirty()).toBe(true);
    full = false;
    await clock.advance(RETRY_MS);
    expect(landed).toEqual(["words"]);
    expect(saver.dirty()).toBe(false);
  });

  it("flush waits until the last word is down, and closing refuses more", async () => {
    const { disk, saver } = setUp();
    saver.change("last");
    await saver.close();
    expect(disk.map((d) => d.value)).toEqual(["last"]);
    saver.change("after");
    await saver.flush();
    expect(disk).toHaveLength(1);
  });
});
