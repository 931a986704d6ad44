import { expect, test } from "@playwright/test";
import { axe, listen } from "./probe";
import { SLOW, call, countClicks, dwelling, fillRequired, pictures, signIn } from "./steps";
import { Town } from "./town";

test.describe("新建案件", () => {
  let town: Town;
  test.beforeAll(async () => {
    town = await Town.open({ inspector1: "inspector", reviewer1: "reviewer" });
  });
  test.afterAll(() => town.close());

  test("a case with three photos takes at most twelve clicks", async ({ browser }) => {
    const page = await signIn(browser, town, "inspector1");
    const heard = listen(page);
    const place = await dwelling(page, 1);
    await call(page, "round.begin", { id: place.compound.id });
    await page.reload();
    const files = await pictures(page, 3);
    const clicks = await countClicks(page);

    await page
      .getByRole("button", { name: /新建案件/u })
      .or(page.getByRole("link", { name: /新建案件/u }))
      .first()
      .click();
    await expect(page.getByTestId("capture-compound")).toHaveValue(place.compound.name);
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "选照片" }).click();
    await (await chooser).setFiles(files);
    await expect(page.getByTestId("capture-photo")).toHaveCount(3, SLOW);
    await expect(page.locator('[data-testid="capture-photo"][data-slot="far"]')).toHaveCount(1);
    await expect(page.locator('[data-testid="capture-photo"][data-slot="near"]')).toHaveCount(1);
    await expect(page.locator('[data-testid="capture-photo"][data-slot="door"]')).toHaveCount(1);

    await page.getByTestId("capture-building").click();
    await page.keyboard.type(place.building);
    await page.keyboard.press("Enter");
    await page.getByTestId("capture-room").click();
    await page.keyboard.type(place.room);
    await page.keyboard.press("Enter");
    await page.getByTestId("tile-XF-FX").click();
    await fillRequired(page);
    await page.getByTestId("capture-phrase").first().click();
    await expect(page.getByTestId("capture-deadline").getByRole("button", { name: "怎么算的？" })).toBeVisible();
    expect(await axe(page)).toEqual([]);
    await page.getByTestId("capture-save").click();
    const other = page.getByRole("button", { name: "不是同一处" });
    if (await other.first().isVisible()) {
      await other.first().click();
      await page.getByTestId("capture-save").click();
    }
    await expect(page.getByTestId("capture-recorded")).toBeVisible(SLOW);
    await expect(page.getByTestId("capture-number")).not.toBeEmpty();
    expect(await axe(page)).toEqual([]);
    const used = await clicks();
    console.log(`clicks: ${used}`);
    expect(used).toBeLessThanOrEqual(12);
    expect(heard.problems).toEqual([]);
    await page.context().close();
  });

  test("a half-typed case is on disk within 300 ms and survives a reload", async ({ browser }) => {
    const page = await signIn(browser, town, "inspector1");
    await page.goto(`${town.url}/new`);
    await page.getByTestId("capture-room").fill("1208");
    await page.getByTestId("capture-note").fill("写到一半");
    await expect(page.getByTestId("capture-saved")).not.toHaveAttribute("data-dirty", "true", { timeout: 3000 });
    await page.reload();
    await expect(page.getByTestId("capture-note")).toHaveValue("写到一半");
    await expect(page.getByTestId("capture-room")).toHaveValue("1208");
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/\/today/u);
    const drafts = await call<{ room: string }[]>(page, "draft.list", {});
    expect(drafts.some((d) => d.room === "1208")).toBe(true);
    await page.context().close();
  });

  test("looking at the form and leaving it makes no draft", async ({ browser }) => {
    const page = await signIn(browser, town, "inspector1");
    const before = await call<unknown[]>(page, "draft.list", {});
    await page.goto(`${town.url}/new`);
    await expect(page.getByTestId("capture")).toBeVisible();
    await expect(page).toHaveURL(/draft=/u);
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/\/today/u);
    await expect.poll(async () => (await call<unknown[]>(page, "draft.list", {})).length).toBe(before.length);
    await page.context().close();
  });

  test("by keyboard: digits choose type and kind, Ctrl+Enter saves, and what is missing is gone to", async ({ browser }) => {
    const page = await signIn(browser, town, "inspector1");
    await page.goto(`${town.url}/new`);
    await expect(page.getByTestId("capture")).toBeVisible();
    await page.keyboard.press("1");
    await expect(page.getByTestId("subtype-WJ-TJ")).toBeVisible();
    await page.keyboard.press("1");
    await expect(page.getByTestId("capture-subtype")).toBeVisible();
    await page.keyboard.press("Control+Enter");
    await expect(page.getByTestId("capture-recorded")).toBeHidden();
    await expect(page.getByText("这一项要填").first()).toBeVisible();
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest("[data-field]")?.getAttribute("data-field") ?? "")).not.toBe("");
    await page.context().close();
  });

  test("a key of the input method neither saves nor leaves nor chooses", async ({ browser }) => {
    const page = await signIn(browser, town, "inspector1");
    await page.goto(`${town.url}/new`);
    await expect(page.getByTestId("capture")).toBeVisible();
    for (const id of ["capture-building", "capture-room", "capture-location", "capture-note"]) {
      await page.getByTestId(id).focus();
      await page.evaluate((name) => {
        const input = document.querySelector(`[data-testid="${name}"]`);
        for (const [key, how] of [
          ["Enter", { isComposing: true }],
          ["Escape", { isComposing: true }],
          ["Enter", { keyCode: 229 }],
          ["Escape", { keyCode: 229 }],
          ["1", { keyCode: 229 }],
        ] as const) {
          input?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how }));
          input?.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey: true, bubbles: true, cancelable: true, ...how }));
        }
      }, id);
    }
    await expect(page).toHaveURL(/\/new/u);
    await expect(page.getByTestId("capture-recorded")).toBeHidden();
    await expect(page.locator('[data-testid^="subtype-"]')).toHaveCount(0);
    await page.context().close();
  });
});
