/** Made-up laptops that have what the town lacks. */
import type { MissingView } from "../../ipc/api.gen";
import type { Answers } from "../../ipc/transport.fixture";

const NOW = Date.now();
const DAY = 86_400_000;

const MISSING: MissingView = {
  count: 5,
  laptops: [
    {
      device: "d_9f3c",
      name: "城运-07",
      user: "王志强",
      revoked: true,
      count: 1,
      bytes: 4_012_887,
      days: 9,
      alarm: "too_long",
      photos: [{ hash: "a1", name: "DSC_0871.JPG", case_id: "case-3", case_no: "AJ-2026-1003", of: "case", bytes: 4_012_887, named_ms: NOW - 9 * DAY, days: 9, alarm: "too_long" }],
    },
    {
      device: "d_77aa",
      name: "城运-12",
      user: "陈敏",
      revoked: false,
      count: 4,
      bytes: 9_812_887,
      days: 4,
      alarm: "long",
      photos: [
        { hash: "b1", name: "IMG_20261119_101522_超长的文件名也要放得下_0001.JPG", case_id: "case-0", case_no: "AJ-2026-1000", of: "case", bytes: 4_312_887, named_ms: NOW - 4 * DAY, days: 4, alarm: "long" },
        { hash: "b2", name: "", case_id: null, case_no: null, of: "round", bytes: 187_000, named_ms: NOW - DAY / 7, days: 0, alarm: "none" },
      ],
    },
  ],
};

export function missingAnswers(): Partial<Answers> {
  return { "photo.missing": () => MISSING };
}
