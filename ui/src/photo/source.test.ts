import { describe, expect, it } from "vitest";
import { type StagePhoto, mustFetch, neighbours, source, step } from "./source";

const photo: StagePhoto = {
  hash: "9f3a5c71",
  thumb: "t",
  preview: "p",
  slot: "far",
  name: "DSC_0001.JPG",
  bytes: 4_200_000,
  width: 4000,
  height: 3000,
  media_type: "image/jpeg",
  taken_at: null,
  taken_basis: "none",
  camera: null,
  flags: [],
  state: "verified",
  sent_percent: 100,
  thumb_here: true,
  preview_here: true,
  original_here: true,
};

describe("what the stage draws", () => {
  it("draws the preview, and the original only on 100 %", () => {
    expect(source(photo, false)).toEqual({ kind: "preview", hash: "p" });
    expect(source(photo, true)).toEqual({ kind: "original", hash: "9f3a5c71" });
  });

  it("keeps the preview while the original is fetched", () => {
    const remote = { ...photo, original_here: false, state: "remote" as const };
    expect(source(remote, true)).toEqual({ kind: "preview", hash: "p" });
    expect(mustFetch(remote)).toBe(true);
    expect(mustFetch({ ...remote, state: "missing" })).toBe(false);
  });

  it("draws the small picture while the preview is on its way", () => {
    expect(source({ ...photo, preview_here: false }, false)).toEqual({ kind: "thumb", hash: "t" });
  });

  it("says why nothing is drawn", () => {
    const bare = { ...photo, thumb: null, preview: null, thumb_here: false, preview_here: false };
    expect(source({ ...bare, flags: ["no_preview"], media_type: "image/heic" }, false)).toEqual({ kind: "none", why: "no_preview" });
    expect(source({ ...bare, state: "missing", original_here: false }, false)).toEqual({ kind: "none", why: "missing" });
    expect(source({ ...bare, flags: ["damaged"], original_here: false }, false)).toEqual({ kind: "none", why: "damaged" });
    expect(source({ ...photo, thumb_here: false, preview_here: false, original_here: false }, false)).toEqual({
      kind: "none",
      why: "not_here_yet",
    });
  });

  it("decodes two neighbours each side, nearest first, and stops at the ends", () => {
    expect(neighbours(["a", "b", "c", "d", "e", "f"], 2)).toEqual(["d", "b", "e", "a"]);
    expect(neighbours(["a", "b"], 0)).toEqual(["b"]);
    expect(step(4, 3, 1)).toBe(3);
    expect(step(4, 0, -1)).toBe(0);
    expect(step(0, 0, 1)).toBe(0);
  });
});
