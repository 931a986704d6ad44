import { type Page, expect, test } from "@playwright/test";
import { axe, listen, overflow } from "./probe";
import { SLOW, call, dwelling, signIn } from "./steps";
import { Town } from "./town";

type Pairs = { total: number; rows: Array<{ one: { id: string; no: string }; other: { id: string; no: string } }> };
type Line = { key: string; met: number | null; of: number | null };

/** A finding at a door, written straight into the desk: a pair wants two people who do not see each other. */
async function found(page: Page, door: { compound: { id: string }; building: string; room: string }, area: string): Promise<string> {
  const draft = await call<{ id: string }>(page, "draft.new", { compound_id: door.compound.id });
  const content = { compound_id: door.compound.id, building: door.building, room: door.room, type_code: "WJ-TJ", no_photo_reason: "夜间无光", fields: { area_m2: area } };
  await call(page, "draft.save", { id: draft.id, content });
  return (await call<{ case_id: string }>(page, "draft.record", { id: draft.id })).case_id;
}

test("a pair is decided side by side, and the clocks of a case say how they were counted", async ({ browser }) => {
  const town = await Town.open({ inspector1: "inspector", inspector2: "inspector", reviewer1: "reviewer" });
  const [one, two, office] = [await signIn(browser, town, "inspector1"), await signIn(browser, town, "inspector2"), await signIn(browser, town, "reviewer1")];
  const heard = [one, two, office].map(listen);
  const doors = [await dwelling(one, 3), await dwelling(one, 4)] as const;
  const first = [await found(one, doors[0], "12.50"), await found(two, doors[0], "14.00")] as const;
  const second = [await found(one, doors[1], "8.00"), await found(two, doors[1], "8.00")] as const;
  const pairs = () => call<Pairs>(office, "pair.list", {});
  const has = async (id: string) => (await pairs()).rows.some((p) => p.one.id === id || p.other.id === id);
  await expect.poll(() => has(second[1]), SLOW).toBe(true);
  const before = (await pairs()).total;

  // From 今天: the count is the list's.
  await office.goto(`${town.url}/today`);
  await expect(office.getByTestId("today-pairs")).toContainText(String(before), SLOW);
  await office.getByTestId("today-pairs").click();
  await expect(office.getByTestId("pairs-page")).toBeVisible(SLOW);
  await expect(office.getByTestId("pair-row")).toHaveCount(before);
  await office.goto(`${town.url}/pairs?one=${[...first].sort()[0]}&other=${[...first].sort()[1]}`);
  await expect(office.locator('[data-fact="area_m2"]')).toHaveAttribute("data-differs", "true", SLOW);
  await expect(office.locator('[data-fact="room"]')).toHaveAttribute("data-differs", "false");
  expect(await axe(office)).toEqual([]);
  expect(await overflow(office)).toEqual([]);
  await office.screenshot({ path: "test-results/office-pair.png", fullPage: true });

  // Same: merged, and the pair is gone.
  await office.getByTestId("pair-merge").first().click();
  await expect(office.getByRole("alertdialog")).toBeVisible();
  expect(await axe(office)).toEqual([]);
  await office.getByRole("alertdialog").getByRole("button", { name: "并案" }).click();
  await expect.poll(() => has(first[0]), SLOW).toBe(false);
  const merged = async () => Promise.all(first.map(async (id) => (await call<{ card: { status: string } }>(office, "case.get", { id })).card.status));
  await expect.poll(async () => (await merged()).includes("MERGED"), SLOW).toBe(true);

  // Not the same, by the keyboard: remembered for both.
  await office.goto(`${town.url}/pairs?one=${[...second].sort()[0]}&other=${[...second].sort()[1]}`);
  await office.getByLabel("为什么不是（记入两件的时间线）").fill("前后两处");
  await office.getByTestId("pair-not-same").focus();
  await office.keyboard.press("Enter");
  await expect.poll(() => has(second[0]), SLOW).toBe(false);
  for (const id of second) {
    await office.goto(`${town.url}/cases/${id}`);
    await expect(office.getByTestId("case-timeline")).toContainText("前后两处", SLOW);
  }
  // The clock of the first step stands on the page, and says how it was counted.
  await expect(office.locator('[data-clock="T_accept"]')).toHaveAttribute("data-stands", "running");
  await office.locator('[data-clock="T_accept"]').getByRole("button").click();
  await expect(office.getByRole("dialog")).toContainText("镇内规定");
  expect(await axe(office)).toEqual([]);
  await office.screenshot({ path: "test-results/office-clocks.png", fullPage: true });
  expect(heard.flatMap((h) => h.problems)).toEqual([]);
  await town.close();
});

test("a leader reads the month on one page, and every number opens to as many cases", async ({ browser }) => {
  const town = await Town.open({ leader1: "leader" });
  const leader = await signIn(browser, town, "leader1");
  const heard = [listen(leader)];
  await leader.goto(`${town.url}/indicators`);
  await expect(leader.getByTestId("indicator-page")).toBeVisible(SLOW);
  expect(await axe(leader)).toEqual([]);
  expect(await overflow(leader)).toEqual([]);
  await leader.screenshot({ path: "test-results/office-indicators.png", fullPage: true });
  // Every count is the length of the list it opens.
  const period = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
  const [year, month] = period.split("-").map(Number);
  const asked = { from: `${period}-01`, to: `${period}-${new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate()}` };
  const { lines } = await call<{ lines: Line[] }>(leader, "indicator.show", asked);
  for (const { key, met, of } of lines) {
    for (const [side, count] of [["met", met], ["of", of]] as const) {
      if (count === null) continue;
      expect(`${key} ${(await call<{ total: number }>(leader, "indicator.cases", { ...asked, list: `${key}.${side}`, offset: 0, limit: 1 })).total}`).toBe(`${key} ${count}`);
    }
  }
  const filed = lines.find((l) => l.key === "filed")?.met ?? 0;
  expect(filed).toBeGreaterThan(0);
  await leader.locator('[data-line="filed"]').getByRole("button").click();
  await expect(leader.getByTestId("indicator-cases").getByRole("heading")).toContainText(String(filed), SLOW);
  expect(await axe(leader)).toEqual([]);
  await leader.emulateMedia({ media: "print" });
  await leader.screenshot({ path: "test-results/office-indicators-print.png", fullPage: true });
  expect(heard.flatMap((h) => h.problems)).toEqual([]);
  await town.close();
});
