/** 平面图 and 巡查 against a real town server: a plan drawn by keys, a pin, a round from plan to end. */
import { type Page, expect, test } from "@playwright/test";
import { LANGUAGES, THEMES, axe, listen, overflow, smallTargets } from "./probe";
import { SLOW, call, pictures, record, signIn } from "./steps";
import { Town } from "./town";

type Plan = { image: { hash: string } | null; buildings: Array<{ no: string; corners: number[][] }>; pins: Array<{ case_id: string; building: string }> };
type Round = { id: string };

const shot = (page: Page, name: string) => page.screenshot({ path: `test-results/${name}.png`, fullPage: true });

/** Corners by keys alone: arrows move the cross, Enter places it. */
async function drawByKeys(page: Page, building: string): Promise<void> {
  await page.getByTestId("plan-building").fill(building);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const map = page.getByTestId("plan-map");
  await map.focus();
  await page.keyboard.press("Enter");
  for (const [key, times] of [
    ["Shift+ArrowRight", 4],
    ["Shift+ArrowDown", 3],
    ["Shift+ArrowLeft", 4],
  ] as const) {
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
    await page.keyboard.press("Enter");
  }
}

test("a plan is imported, drawn by keys, pinned; a round is planned, walked by Enter and ended", async ({ browser }) => {
  const town = await Town.open({ inspector1: "inspector", reviewer1: "reviewer" });
  const [walker, office] = [await signIn(browser, town, "inspector1"), await signIn(browser, town, "reviewer1")];
  const heard = [walker, office].map(listen);
  const made = await record(walker, { nth: 4, photos: 1 });
  const { card } = await call<{ card: { compound_id: string; building: string } }>(walker, "case.get", { id: made.id });
  const place = `${town.url}/compounds/${card.compound_id}`;

  // The office imports a picture and draws the building.
  await office.goto(place);
  await office.getByTestId("plan-file").setInputFiles(await pictures(office, 1, "plan"));
  await expect(office.getByTestId("plan-map")).toBeVisible(SLOW);
  await office.goto(`${place}/plan`);
  await drawByKeys(office, card.building);
  await expect(office.getByTestId("plan-corners")).toContainText("4");
  await office.keyboard.press("Control+z");
  await expect(office.getByTestId("plan-corners")).toContainText("3");
  await office.keyboard.press("Enter");
  await office.getByRole("button", { name: "画好这幢" }).press("Enter");
  expect(await axe(office), "editor").toEqual([]);
  expect(await overflow(office), "editor").toEqual([]);
  await shot(office, "plan-editor");
  await office.keyboard.press("Control+Enter");
  await expect(office).toHaveURL(place);
  const plan = await call<Plan>(office, "plan.get", { id: card.compound_id });
  expect(plan.buildings.map((b) => [b.no, b.corners.length])).toEqual([[card.building, 4]]);
  expect(plan.pins.map((p) => p.case_id)).toContain(made.id);

  // Pins: Tab reaches them, Enter opens the case.
  const pin = office.getByTestId("pin-open").or(office.getByTestId("pin-overdue")).first();
  await expect(pin).toBeVisible(SLOW);
  expect(await axe(office), "compound with a plan").toEqual([]);
  await shot(office, "plan-compound");
  await pin.focus();
  await office.keyboard.press("Enter");
  await expect(office.getByTestId("case-page")).toBeVisible();

  // Planned by the office for the inspector: three stops.
  await office.goto(place);
  await office.getByRole("button", { name: "排巡查" }).click();
  await office.getByTestId("round-walker").click();
  await office.getByRole("option").first().click();
  await office.getByTestId("round-stops").fill(`${card.building}\n垃圾房\n北门`);
  expect(await axe(office), "plan form").toEqual([]);
  await shot(office, "round-plan");
  await office.keyboard.press("Escape");
  const [round] = await call<Round[]>(office, "round.plan", { compounds: [card.compound_id], walker: "inspector1", date: "", note: "重点看群租线索", stops: [{ label: card.building, pin: null }, { label: "垃圾房", pin: null }, { label: "北门", pin: null }] });
  await office.goto(`${town.url}/rounds`);
  await expect(office.getByRole("table")).toBeVisible();
  expect(await axe(office), "coverage").toEqual([]);
  expect(await overflow(office), "coverage").toEqual([]);
  await shot(office, "round-coverage");

  // Walked by keys alone.
  await walker.goto(`${town.url}/rounds/${round?.id}`);
  await walker.getByRole("button", { name: "开始巡查" }).press("Enter");
  await expect(walker.getByTestId("round-arrive")).toBeVisible();
  expect(await smallTargets(walker, 44), "targets of the walk").toEqual([]);
  await walker.locator("#main").focus();
  await walker.keyboard.press("Enter");
  await expect(walker.getByTestId("round-progress")).toContainText("1/3");
  await walker.locator("#main").focus();
  await walker.keyboard.press("s");
  await walker.getByTestId("round-words").fill("清运车占道");
  await walker.keyboard.press("Enter");
  await expect(walker.getByTestId("round-progress")).toContainText("2/3");
  await walker.goto(`${town.url}/today`);
  await expect(walker.getByRole("button", { name: /已走 2\/3 楼/u })).toBeVisible();
  await walker.goto(`${town.url}/rounds/${round?.id}`);
  await expect(walker.getByTestId("round-arrive")).toBeVisible();
  for (const language of LANGUAGES) {
    for (const theme of THEMES) {
      await call(walker, "prefs.set", { language, theme, text_scale: 100, letter_keys: true });
      await walker.reload();
      await expect(walker.getByTestId("round-arrive")).toBeVisible();
      expect(await axe(walker), `round ${language} ${theme}`).toEqual([]);
      expect(await overflow(walker), `round ${language} ${theme}`).toEqual([]);
      if (language === "zh-Hans" || theme === "sun") await shot(walker, `round-${language}-${theme}`);
    }
  }
  await call(walker, "prefs.set", { language: "zh-Hans", theme: "light", text_scale: 100, letter_keys: true });
  await walker.reload();

  // A case recorded on the way knows its round and its stop; a pin is set on the plan.
  await expect(walker.getByTestId("round-arrive")).toBeVisible();
  await walker.locator("#main").focus();
  await walker.keyboard.press("n");
  await expect(walker.getByTestId("capture")).toBeVisible(SLOW);
  await expect(walker.getByTestId("plan-map")).toBeVisible(SLOW);
  await walker.getByTestId("plan-map").focus();
  await walker.keyboard.press("Enter");
  await expect(walker.getByTestId("plan-mark")).toBeAttached();
  expect(await axe(walker), "capture with a plan").toEqual([]);
  await shot(walker, "plan-capture");
  const drafts = await call<Array<{ id: string }>>(walker, "draft.list", {});
  await expect.poll(async () => (await call<{ content: { pin: unknown; round: string | null } }>(walker, "draft.get", { id: drafts[0]?.id })).content).toMatchObject({ round: round?.id, pin: { x: 50_000, y: 50_000 } });

  await walker.goto(`${town.url}/rounds/${round?.id}`);
  await walker.getByRole("button", { name: "结束巡查" }).press("Enter");
  await walker.getByTestId("round-words").fill("正常");
  await walker.keyboard.press("Enter");
  await expect(walker.getByText("已结束")).toBeVisible();
  const sheet = await call<{ route: string[]; skipped: string[]; note: string }>(walker, "round.sheet", { id: round?.id });
  expect(sheet).toMatchObject({ route: [card.building], skipped: ["垃圾房(清运车占道)"], note: "正常" });
  for (const ears of heard) expect(ears.problems).toEqual([]);
  await town.close();
});
