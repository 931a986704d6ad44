/** Doorways as lines of text: `1号 6 2 1幢 0102甲 -101`. What a line does not say, the entry keeps. */
import type { Doorway } from "../../ipc";

/** As the register sends it: what is empty is left out. */
type Sent = Pick<Doorway, "no" | "floors" | "rooms_per_floor"> & Partial<Doorway>;

export function toLines(doorways: readonly Sent[]): string {
  return doorways.map((d) => [d.no, d.floors, d.rooms_per_floor, d.building || "·", ...(d.extra ?? []), ...(d.without ?? []).map((r) => `-${r}`)].join(" ")).join("\n");
}

/** The doorways, or the number of the first line that cannot be read. */
export function fromLines(text: string, before: readonly Doorway[]): Doorway[] | number {
  const kept = new Map(before.map((d) => [d.no, d]));
  const found: Doorway[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const [no = "", floors = "", perFloor = "", building = "", ...rooms] = line.trim().split(/\s+/u);
    if (!/^\d{1,2}$/u.test(floors) || !/^\d{1,2}$/u.test(perFloor)) return at + 1;
    const old = kept.get(no);
    found.push({
      lane: "",
      unit: "",
      floor_of: {},
      ...old,
      no,
      floors: Number(floors),
      rooms_per_floor: Number(perFloor),
      building: building === "·" ? "" : building,
      extra: rooms.filter((r) => !r.startsWith("-")),
      without: rooms.filter((r) => r.startsWith("-")).map((r) => r.slice(1)),
    });
  }
  return found;
}
