/** Search, 一户一档, companies and the register against a real town server. */
import { type Page, expect, test } from "@playwright/test";
import { axe, listen, overflow } from "./probe";
import { SLOW, call, record, signIn } from "./steps";
import { Town } from "./town";

type Card = { compound_id: string; compound: string; building: string; room: string };
type Found = { text: string; groups: Array<{ kind: string; rows: Array<{ id: string; title: string }> }> };
type Listed = { rows: Array<{ id: string; name: string; initials: string }> };

/** Opens the palette and types, once the field has the focus. */
async function ask(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").locator("input")).toBeFocused();
  await page.keyboard.type(text);
}

/** Esc empties the field, and once more it closes. */
async function leave(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog").locator("input")).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
}

test("typed initials, characters and digits find compounds and doors; a door opens its file", async ({ browser }) => {
  const town = await Town.open({ inspector1: "inspector" });
  const page = await signIn(browser, town, "inspector1");
  const heard = listen(page);
  const made = await record(page, { photos: 1 });
  const { card } = await call<{ card: Card }>(page, "case.get", { id: made.id });
  const { rows } = await call<Listed>(page, "compound.list", { text: "" });
  const here = rows.find((c) => c.id === card.compound_id);
  const east = rows.find((c) => c.initials === "dhhy") ?? here;
  expect(east).toBeDefined();

  const palette = page.getByRole("dialog");
  const name = east?.name ?? "";
  for (const typed of [east?.initials ?? "", [...name].slice(0, 2).join("")]) {
    await ask(page, typed);
    await expect(palette.getByRole("menuitem", { name }).first(), typed).toBeVisible();
    expect(await axe(page), `palette: ${typed}`).toEqual([]);
    await leave(page);
  }

  // The digits of the case's number name the case.
  await ask(page, made.no.replace(/^.*-/u, ""));
  await expect(palette.getByRole("menuitem", { name: made.no }).first()).toBeVisible();
  await leave(page);

  // A door: name, building and room as one writes them.
  const door = `${here?.name ?? ""} ${card.building}${card.room}`;
  const answer = await call<Found>(page, "search.find", { text: door, limit: 6 });
  const hit = answer.groups.find((g) => g.kind === "dwelling")?.rows[0];
  expect(hit?.title).toContain(card.room);
  await ask(page, door);
  await palette.getByRole("menuitem", { name: hit?.title ?? door }).first().click();
  await expect(page).toHaveURL(/\/dwelling\?/u);
  await expect(page.getByTestId("dossier")).toBeVisible(SLOW);
  await expect(page.getByTestId("dossier")).toContainText(made.no);
  expect(await axe(page), "dossier").toEqual([]);
  expect(await overflow(page), "dossier").toEqual([]);
  await page.screenshot({ path: "test-results/base-dossier.png", fullPage: true });

  // The same file from the case and from the building.
  await page.goto(`${town.url}/cases/${made.id}`);
  await page.getByRole("button", { name: "看这一户的档案" }).click();
  await expect(page.getByTestId("dossier")).toContainText(made.no);
  await page.goto(`${town.url}/compounds/${card.compound_id}?building=${encodeURIComponent(card.building)}`);
  await page.getByTestId("rooms").getByRole("link", { name: card.room, exact: true }).click();
  await expect(page.getByTestId("dossier")).toContainText(made.no);
  expect(heard.problems).toEqual([]);
  await town.close();
});

test("a wrong credit code is named at its field, a right one is kept; an inspector keeps no register", async ({ browser }) => {
  const town = await Town.open({ inspector1: "inspector", admin1: "admin" });
  const [inspector, page] = [await signIn(browser, town, "inspector1"), await signIn(browser, town, "admin1")];
  const heard = listen(page);

  await page.goto(`${town.url}/compounds`);
  await page.getByRole("link", { name: "物业企业" }).click();
  await page.getByRole("button", { name: "新增企业" }).click();
  await page.locator("#company-name").fill("新城测试物业有限公司");
  await page.locator("#company-code").fill("91350100M000100Y44");
  await page.locator("#company-save").click();
  await expect(page.getByTestId("company-form")).toContainText("校验位不符");
  expect(await axe(page), "company form").toEqual([]);
  await page.screenshot({ path: "test-results/base-company.png", fullPage: true });
  await page.locator("#company-code").fill("91350100M000100Y43");
  await page.locator("#company-save").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("新城测试物业有限公司");
  await page.goto(`${town.url}/companies`);
  await page.locator("#company-filter").fill("测试");
  await expect(page.getByRole("link", { name: /新城测试物业/u })).toBeVisible();

  const { rows } = await call<Listed>(inspector, "compound.list", { text: "" });
  const first = rows[0]?.id ?? "";
  await inspector.goto(`${town.url}/compounds/${first}/register`);
  await expect(inspector.getByRole("alert")).toBeVisible();
  await expect(inspector.getByTestId("register-form")).toHaveCount(0);
  await page.goto(`${town.url}/compounds/${first}/register`);
  await expect(page.locator("#register-name")).toHaveValue(rows[0]?.name ?? "");
  expect(await axe(page), "register").toEqual([]);
  // The refusal of the wrong code is an answer of its own.
  expect(heard.problems.filter((problem) => !problem.includes("status of 422"))).toEqual([]);
  await town.close();
});
