import { describe, expect, test } from "vitest";
import { doubts, isSaid, receivedMs } from "./clocks";
import { trayPhoto } from "../features/capture/fixture";
import { photo } from "./fixture";
import { fromTray, type StagePhoto, withTimes } from "./source";

const MINUTE = 60_000;
const taken = Date.parse("2026-11-23T10:02:11+08:00");
const one = (over: Partial<StagePhoto> = {}): StagePhoto => ({ ...photo({ taken_basis: "exif_offset", added_ms: taken + 5 * MINUTE }), ...over });
const times = (over: Partial<NonNullable<StagePhoto["times"]>> = {}) => ({ wall_ms: taken + 5 * MINUTE, tz: "+08:00", received_ms: null, estimate_ms: null, estimate_error_ms: null, drifted: false, logged: false, backed_up: false, stamped: false, ...over });

describe("the clocks that saw a photo", () => {
  test("that agree raise no doubt, however late the server hears of it", () => {
    expect(doubts(one())).toEqual([]);
    expect(doubts(one({ imported_ms: taken + MINUTE, times: times({ received_ms: taken + 9 * 86_400_000, estimate_ms: taken + 5 * MINUTE, estimate_error_ms: 400 }) }))).toEqual([]);
  });

  test("a camera ahead is told against the first clock that came after it", () => {
    expect(doubts(one({ imported_ms: taken - 3 * MINUTE, added_ms: taken - 2 * MINUTE }))).toEqual([{ kind: "ahead", of: "import", by_ms: 3 * MINUTE }]);
    expect(doubts(one({ added_ms: taken - 60 * MINUTE }))).toEqual([{ kind: "ahead", of: "record", by_ms: 60 * MINUTE }]);
    expect(doubts(one({ times: times({ wall_ms: taken, received_ms: taken - 3 * MINUTE }) }))).toEqual([
      { kind: "ahead", of: "server", by_ms: 3 * MINUTE },
      { kind: "device", by_ms: 3 * MINUTE },
    ]);
    expect(doubts(one({ imported_ms: taken - 2 * MINUTE }))).toEqual([]);
  });

  test("a clock of 1970 or of ten years ahead was never set", () => {
    expect(doubts(one({ taken_at: "1970-01-01T00:03:00Z" }))).toEqual([{ kind: "unset", year: 1970 }]);
    expect(doubts(one({ taken_at: "2036-02-07T06:28:16Z" }))).toEqual([{ kind: "unset", year: 2036 }]);
  });

  test("what was flagged at the import is not said twice", () => {
    const said = doubts(one({ added_ms: taken + 3 * 86_400_000 }));
    expect([isSaid("taken_long_before", said), isSaid("taken_after_import", said), isSaid("edited_tag", said)]).toEqual([true, false, false]);
  });

  test("the server's receipt is the photo's own, or that of its event", () => {
    expect(receivedMs(one({ received_ms: 5 }))).toBe(5);
    expect(receivedMs(one({ received_ms: null, times: times({ received_ms: 6 }) }))).toBe(6);
    expect(receivedMs(one({ received_ms: null }))).toBeNull();
    expect(receivedMs({ ...fromTray(trayPhoto(1), "far", false) })).toBeUndefined();
  });

  test("a photo of days before is named", () => {
    expect(doubts(one({ added_ms: taken + 3 * 86_400_000 }))).toEqual([{ kind: "old", by_ms: 3 * 86_400_000 }]);
  });

  test("this computer's clock is held against the server's estimate within its error", () => {
    const off = (ms: number, error: number) => doubts(one({ times: times({ estimate_ms: taken + 5 * MINUTE - ms, estimate_error_ms: error }) }));
    expect(off(-7 * MINUTE, 1000)).toEqual([{ kind: "device", by_ms: -7 * MINUTE }]);
    expect(off(7 * MINUTE, 6 * MINUTE)).toEqual([]);
    expect(doubts(one({ times: times({ drifted: true }) }))).toEqual([{ kind: "drifted" }]);
  });

  test("a file's own time is no time of taking, and an assumed zone is said where nothing worse is", () => {
    expect(doubts(one({ taken_basis: "file_mtime", taken_at: "1999-01-01T00:00:00Z" }))).toEqual([{ kind: "file_time" }]);
    expect(doubts(one({ taken_basis: "exif_zone_assumed" }))).toEqual([{ kind: "zone" }]);
    expect(doubts(one({ taken_basis: "exif_zone_assumed", added_ms: taken - 60 * MINUTE }))).toHaveLength(1);
    expect(doubts(one({ taken_basis: "none", taken_at: null }))).toEqual([]);
  });

  test("a photo of a case knows the clocks of the event that brought it in", () => {
    const [first, second] = withTimes([photo({ event: "e1" }), photo({ event: "e9" })], [{ event: "e1", time: times() }]);
    expect(first?.times?.wall_ms).toBe(taken + 5 * MINUTE);
    expect(second?.times).toBeUndefined();
  });
});
