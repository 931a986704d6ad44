/** The product's own pages from a real town server with a sample town. */
import { type Page, expect, test } from "@playwright/test";
import { LANGUAGES, THEMES, axe, listen, overflow, smallTargets } from "./probe";
import { PASSWORD, Town } from "./town";

let town: Town;

test.beforeAll(async () => {
  // The first time the server may have to be built, and the sample town is signed event by event.
  test.setTimeout(1_200_000);
  town = await Town.open({ inspector1: "inspector", reviewer1: "reviewer" });
});
test.afterAll(() => town.close());

async function signIn(page: Page, user: string): Promise<void> {
  await page.goto(town.url);
  await page.locator("#sign-in-user").fill(user);
  await page.locator("#sign-in-password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeVisible();
}

async function call<T>(page: Page, command: string, args: unknown): Promise<T> {
  return page.evaluate(
    async ([name, body]) => {
      const response = await fetch(`/api/call/${name}`, { method: "POST", headers: { "X-Xunju": "1", "Content-Type": "application/json" }, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    [command, args] as const,
  ) as Promise<T>;
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator("h1")).toBeVisible();
  await page.waitForLoadState("networkidle").catch(() => {});
  await expect(page.locator('main [role="status"] .visually-hidden')).toHaveCount(0);
}

/** Addresses of every screen the role has, with a real compound and a real case. */
async function addresses(page: Page, role: "inspector" | "reviewer"): Promise<string[]> {
  const compounds = await call<{ rows: Array<{ id: string }> }>(page, "compound.list", { text: "" });
  const cases = await call<{ rows: Array<{ id: string }> }>(page, "case.page", { status: [], compound_id: null, category: null, text: "", bucket: null, mine: false, offset: 0, limit: 1 });
  expect(compounds.rows.length, "the sample town has compounds").toBeGreaterThan(0);
  expect(cases.rows.length, "the sample town has cases").toBeGreaterThan(0);
  const common = ["/today", "/cases", `/cases/${cases.rows[0]?.id}`, "/compounds", `/compounds/${compounds.rows[0]?.id}`, "/sync", "/settings", "/nowhere"];
  return role === "inspector" ? [...common, "/new"] : [...common, "/review"];
}

test("signing in: a wrong password is worded, the right one opens 今天", async ({ page }) => {
  const heard = listen(page);
  await page.goto(town.url);
  await page.locator("#sign-in-user").fill("inspector1");
  await page.locator("#sign-in-password").fill("not-the-password");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("用户名或密码不对");
  expect(await axe(page)).toEqual([]);
  await page.locator("#sign-in-password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/today$/u);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("今天");
  expect(heard.problems).toEqual([]);
});

for (const role of ["inspector", "reviewer"] as const) {
  for (const language of LANGUAGES) {
    for (const theme of THEMES) {
      test(`every screen of the ${role}, ${language}, ${theme}`, async ({ page }) => {
        const heard = listen(page);
        await signIn(page, `${role}1`);
        await call(page, "prefs.set", { language, theme, text_scale: 100, letter_keys: true });
        for (const address of await addresses(page, role)) {
          await page.setViewportSize({ width: 1366, height: 768 });
          await page.goto(town.url + address);
          await settled(page);
          await expect(page.locator("html")).toHaveAttribute("lang", language);
          await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
          expect(await axe(page), `${address} by axe`).toEqual([]);
          expect(await overflow(page), `${address} at 1366x768`).toEqual([]);
          await page.screenshot({ path: `test-results/shots/${role}-${language}-${theme}${address.split("/").slice(0, 2).join("-")}${address.split("/").length > 2 ? "-one" : ""}.png` });
          await page.setViewportSize({ width: 1024, height: 640 });
          expect(await overflow(page), `${address} at 1024x640`).toEqual([]);
        }
        expect(heard.problems).toEqual([]);
      });
    }
  }
}

test("targets of the inspector are 44 px and more, of the office 24 px and more", async ({ page }) => {
  await signIn(page, "inspector1");
  await call(page, "prefs.set", { language: "zh-Hans", theme: "light", text_scale: 100, letter_keys: true });
  for (const address of ["/today", "/compounds", "/new"]) {
    await page.goto(town.url + address);
    await settled(page);
    expect(await smallTargets(page, 44), address).toEqual([]);
  }
  for (const address of ["/cases", "/sync", "/settings"]) {
    await page.goto(town.url + address);
    await settled(page);
    expect(await smallTargets(page, 24), address).toEqual([]);
  }
});

test("text at 150 % and a phone-wide page lose nothing sideways", async ({ page }) => {
  await signIn(page, "inspector1");
  for (const [width, height, text_scale] of [
    [1366, 768, 150],
    [1024, 640, 150],
    [320, 640, 100],
  ] as const) {
    await call(page, "prefs.set", { language: "en", theme: "light", text_scale, letter_keys: true });
    await page.setViewportSize({ width, height });
    for (const address of await addresses(page, "inspector")) {
      await page.goto(town.url + address);
      await settled(page);
      expect(await overflow(page), `${address} at ${width}x${height}, ${text_scale} %`).toEqual([]);
    }
  }
  await call(page, "prefs.set", { language: "zh-Hans", theme: "light", text_scale: 100, letter_keys: true });
});

test("by keys alone: jump, search, open, cheat sheet, theme, back", async ({ page }) => {
  await signIn(page, "inspector1");
  await call(page, "prefs.set", { language: "zh-Hans", theme: "light", text_scale: 100, letter_keys: true });
  await page.goto(`${town.url}/today`);
  await settled(page);
  await page.locator("#main").focus();
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/cases/u);
  await expect(page.getByRole("grid")).toBeVisible();
  await page.locator("#main").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/cases\/.+/u);
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(page).toHaveURL(/\/cases$/u);
  await expect(page.locator('[role="row"][aria-selected="true"]')).toHaveAttribute("aria-rowindex", "3");

  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await expect(palette).toBeVisible();
  const compounds = await call<{ rows: Array<{ name: string; initials: string }> }>(page, "compound.list", { text: "" });
  const wanted = compounds.rows[0];
  await page.keyboard.type(wanted?.initials ?? "");
  await expect(palette.getByRole("menuitem", { name: wanted?.name ?? "" }).first()).toBeVisible();
  expect(await axe(page), "palette open").toEqual([]);
  // What stands first is a key away.
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/compounds\/.+/u);

  await settled(page);
  await page.locator("#main").focus();
  await page.keyboard.press("Shift+?");
  await expect(page.getByRole("dialog")).toContainText("新建案件");
  expect(await axe(page), "cheat sheet open").toEqual([]);
  await page.keyboard.press("Escape");

  await page.keyboard.press("F8");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("F8");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "sun");
  await page.keyboard.press("F8");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

test("single letters can be switched off, keys with Ctrl stay", async ({ page }) => {
  await signIn(page, "inspector1");
  await call(page, "prefs.set", { language: "zh-Hans", theme: "light", text_scale: 100, letter_keys: false });
  await page.goto(`${town.url}/today`);
  await settled(page);
  await page.locator("#main").focus();
  await page.keyboard.press("n");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page).toHaveURL(/\/today$/u);
  await page.keyboard.press("Escape");
  await call(page, "prefs.set", { language: "zh-Hans", theme: "light", text_scale: 100, letter_keys: true });
});

test("a new language is spoken at once and the focus stays", async ({ page }) => {
  await signIn(page, "reviewer1");
  await call(page, "prefs.set", { language: "zh-Hans", theme: "light", text_scale: 100, letter_keys: true });
  await page.goto(`${town.url}/settings`);
  await settled(page);
  await page.getByRole("radio", { name: "English" }).focus();
  await page.keyboard.press("3");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await call(page, "prefs.set", { language: "zh-Hans", theme: "light", text_scale: 100, letter_keys: true });
});

test("a filter lives in the address and comes back with it", async ({ page }) => {
  await signIn(page, "reviewer1");
  await page.goto(`${town.url}/cases`);
  await settled(page);
  const total = await page.locator("main [role=status]").first().textContent();
  await page.locator("#cases-search").fill("没有这样的案件");
  await expect(page).toHaveURL(/text=/u);
  await expect(page.getByText("没有符合的案件。")).toBeVisible();
  await page.reload();
  await expect(page.locator("#cases-search")).toHaveValue("没有这样的案件");
  await page.getByRole("button", { name: "清除筛选" }).first().click();
  await expect(page.locator("main [role=status]").first()).toHaveText(total ?? "");
});

test("when the server does not answer, the chip does not say that everything is safe here", async ({ page }) => {
  await signIn(page, "reviewer1");
  await page.goto(`${town.url}/sync`);
  await settled(page);
  await town.stop();
  await expect(page.locator("header").getByText("连不上服务器")).toBeVisible({ timeout: 20_000 });
  await town.start();
  await expect(page.locator("header").getByText("连不上服务器")).toBeHidden({ timeout: 30_000 });
});

test("signing out closes the rooms", async ({ page }) => {
  await signIn(page, "reviewer1");
  await page.locator("#user-menu").click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await expect(page.locator("#sign-in-user")).toBeVisible();
  await page.goto(`${town.url}/cases`);
  await expect(page.locator("#sign-in-user")).toBeVisible();
});
