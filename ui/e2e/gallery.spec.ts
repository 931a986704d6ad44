import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { LANGUAGES, THEMES, axe, listen, overflow, smallTargets } from "./probe";
import { serve } from "./serve";

const folder = fileURLToPath(new URL("../test-results/gallery", import.meta.url));
let site: Awaited<ReturnType<typeof serve>>;

test.beforeAll(async () => {
  expect(existsSync(folder), "run `npm run build:gallery` first").toBe(true);
  site = await serve(folder);
});
test.afterAll(() => site.stop());

for (const lang of LANGUAGES) {
  for (const theme of THEMES) {
    test(`every component, ${lang}, ${theme}`, async ({ page }) => {
      const heard = listen(page);
      await page.goto(`${site.url}/gallery.html?lang=${lang}&theme=${theme}`);
      await expect(page.locator("#Layers")).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toEqual([]);
      await page.screenshot({ path: `test-results/shots/gallery-${lang}-${theme}.png`, fullPage: true });

      for (const opener of ["#demo-dialog", "#demo-confirm", "#demo-menu"]) {
        await page.locator(opener).click();
        const layer = page.locator('[role="dialog"], [role="alertdialog"], [role="menu"]').last();
        await expect(layer).toBeVisible();
        expect(await axe(page), `${opener} open`).toEqual([]);
        await page.keyboard.press("Escape");
        await expect(layer).toBeHidden();
        await expect(page.locator(opener)).toBeFocused();
      }
      await page.locator("#Fields button[aria-haspopup=listbox]").first().click();
      await expect(page.getByRole("listbox")).toBeVisible();
      expect(await axe(page), "list open").toEqual([]);
      await page.keyboard.press("Escape");
      expect(heard.problems).toEqual([]);
    });
  }
}

const SCREENS: ReadonlyArray<[path: string, role: string]> = [
  ["/today", "R-INS"],
  ["/cases", "R-LXB"],
  ["/cases/case-0", "R-ENF"],
  ["/cases/case-0/papers", "R-ENF"],
  ["/compounds", "R-INS"],
  ["/compounds/c-dhhy", "R-LXB"],
  ["/compounds/c-dhhy/plan", "R-LXB"],
  ["/compounds/c-dhhy/register", "R-ADM"],
  ["/compounds/c-dhhy/dwelling?building=8号&room=601", "R-INS"],
  ["/companies", "R-ADM"],
  ["/companies/co-1", "R-ADM"],
  ["/rounds", "R-LXB"],
  ["/rounds/r1", "R-INS"],
  ["/proceedings/p1", "R-ENF"],
  ["/access", "R-AUD"],
  ["/ledgers", "R-LXB"],
  ["/pairs", "R-LXB"],
  ["/missing", "R-LXB"],
  ["/indicators", "R-LXB"],
  ["/calendar", "R-LXB"],
];
const LOOKS = [
  { lang: "zh-Hans", theme: "sun", scale: 100, width: 1366 },
  { lang: "zh-Hant", theme: "dark", scale: 100, width: 1024 },
  { lang: "en", theme: "light", scale: 150, width: 1366 },
];

for (const { lang, theme, scale, width } of LOOKS) {
  test(`every screen, ${lang}, ${theme}, ${scale} % at ${width} px`, async ({ page }) => {
    const heard = listen(page);
    await page.setViewportSize({ width, height: 768 });
    for (const [path, role] of SCREENS) {
      await page.goto(`${site.url}/gallery.html?screen=${encodeURIComponent(path)}&role=${role}&lang=${lang}&theme=${theme}&scale=${scale}`);
      await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
      await expect(page.locator("main [class*=skeleton]"), path).toHaveCount(0);
      await expect(page.locator("main [role=alert]"), path).toHaveCount(0);
      expect(await axe(page), path).toEqual([]);
      expect(await overflow(page), path).toEqual([]);
    }
    expect(heard.problems).toEqual([]);
  });
}

for (const { lang, theme, scale, width } of LOOKS) {
  test(`what is undelivered goes onto a stick, ${lang}, ${theme}`, async ({ page }) => {
    const heard = listen(page);
    await page.setViewportSize({ width, height: 768 });
    await page.goto(`${site.url}/gallery.html?screen=${encodeURIComponent("/sync")}&role=R-INS&lang=${lang}&theme=${theme}&scale=${scale}`);
    await page.locator("#rescue").click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("KINGSTON");
    const write = dialog.locator("#rescue-write");
    await dialog.locator("#rescue-phrase").fill("1234567");
    await expect(write).toBeDisabled();
    await dialog.locator("#rescue-phrase").fill("写在纸上的一句口令");
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toEqual([]);
    await page.screenshot({ path: `test-results/rescue-${lang}.png` });
    await write.click();
    await expect(page.getByTestId("rescue-done")).toContainText("/media/zhang/KINGSTON");
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: `test-results/rescue-done-${lang}.png` });
    expect(heard.problems).toEqual([]);
  });
}

test("the probe sees what it is there to see", async ({ page }) => {
  const heard = listen(page);
  await page.goto(`${site.url}/gallery.html?only=Button`);
  await expect(page.locator("#Button")).toBeVisible();
  await page.evaluate(() => {
    const bad = document.createElement("div");
    bad.innerText = "pale";
    bad.className = "pale";
    bad.style.color = "#8a8a8a";
    bad.style.width = "3000px";
    const button = document.createElement("button");
    document.querySelector("main")?.append(bad, button);
    bad.setAttribute("style", "color:#8a8a8a;width:3000px");
  });
  const found = (await axe(page)).join("\n");
  expect(found).toContain("color-contrast");
  expect(found).toContain("button-name");
  expect(await overflow(page)).not.toEqual([]);
  expect(await smallTargets(page, 24)).not.toEqual([]);
  expect(heard.problems.join("\n")).toContain("policy: style-src");
});

test("text at 150 % and a narrow page lose nothing sideways", async ({ page }) => {
  for (const [width, scale] of [
    [1366, 150],
    [640, 100],
    [400, 100],
  ]) {
    await page.setViewportSize({ width: width ?? 0, height: 768 });
    await page.goto(`${site.url}/gallery.html?scale=${scale}`);
    await expect(page.locator("#Layers")).toBeVisible();
    expect(await overflow(page), `${width} px, ${scale} %`).toEqual([]);
  }
});

test("a key of the input method never acts in any field", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=Fields`);
  await expect(page.locator("#Fields")).toBeVisible();
  const outcome = await page.evaluate(() => {
    const seen: string[] = [];
    window.addEventListener("keydown", (event) => {
      if (event.defaultPrevented) seen.push(`${(event.target as HTMLElement).tagName} ${event.key} prevented`);
    });
    const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("#Fields input:not([type=hidden]), #Fields textarea")];
    for (const field of fields) {
      field.focus();
      const before = field.value;
      for (const key of ["Enter", "Escape", "a", "1", "ArrowDown"]) {
        field.dispatchEvent(new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true }));
        const late = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        Object.defineProperty(late, "keyCode", { value: 229 });
        field.dispatchEvent(late);
      }
      if (field.value !== before) seen.push(`${field.id} changed`);
    }
    return { fields: fields.length, seen };
  });
  expect(outcome.fields).toBeGreaterThan(5);
  expect(outcome.seen).toEqual([]);
});

test("the long list holds 100,000 rows and is walked by keys", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Virtual grid")}`);
  const grid = page.getByRole("grid");
  await expect(grid).toHaveAttribute("aria-rowcount", "100001");
  await grid.locator('[role="row"][tabindex="0"]').focus();
  await page.keyboard.press("End");
  await expect(page.locator('[aria-rowindex="100001"]')).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator('[aria-rowindex="100000"]')).toBeFocused();
  await page.keyboard.press("Home");
  await expect(page.locator('[aria-rowindex="2"]')).toBeFocused();
  expect(await page.locator('[role="row"]').count()).toBeLessThan(60);
});

test("digits choose tiles while the focus is inside", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Tiles and checks")}&lang=en`);
  await page.getByRole("radio", { name: /Illegal building/u }).focus();
  await page.keyboard.press("3");
  await expect(page.getByRole("radio", { name: /Business use/u })).toBeChecked();
});

test("two photos are compared by keys: side by side, curtain, overlay, and the next pair", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Photo compare")}&lang=en`);
  const captions = page.getByText(/^(Before|After) ·/u);
  await expect(page.getByTestId("photo-pane")).toHaveCount(1);
  await page.keyboard.press("c");
  await expect(page.getByTestId("photo-pane")).toHaveCount(2);
  await expect(captions).toHaveText([/^Before · visit 1 · 23 Nov · 1 whole view$/u, /^After · visit 3 · 7 Dec · 5 whole view$/u]);
  await page.keyboard.press("v");
  const curtain = page.getByRole("slider", { name: "Curtain position" });
  await curtain.focus();
  await page.keyboard.press("ArrowRight");
  await expect(curtain).toHaveAttribute("aria-valuenow", "52");
  await expect(page.getByTestId("photo-upper")).toHaveCSS("clip-path", "inset(0px 0px 0px 52%)");
  const at = await curtain.boundingBox();
  const pane = await page.getByTestId("photo-pane").boundingBox();
  if (!at || !pane) throw new Error("no curtain");
  await page.mouse.move(at.x + at.width / 2, at.y + 40);
  await page.mouse.down();
  await page.mouse.move(pane.x + pane.width / 4, at.y + 60, { steps: 3 });
  await page.mouse.up();
  await expect(curtain).toHaveAttribute("aria-valuenow", "25");
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press("v");
  await page.getByTestId("photo-overlay").focus();
  await page.keyboard.press("End");
  await expect(page.getByTestId("photo-upper")).toHaveCSS("opacity", "1");
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press("]");
  await page.keyboard.press("]");
  await expect(captions).toHaveText([/2 close view$/u, /4 close view$/u]);
});

test("two fingers zoom the photo and one moves it", async ({ browser }) => {
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 1366, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Photo compare")}&lang=en`);
  const picture = page.getByTestId("photo-pane").locator("img").first();
  const drawn = () => picture.evaluate((img) => getComputedStyle(img).transform.match(/-?[\d.]+/gu)?.map(Number) ?? []);
  await expect.poll(async () => (await drawn())[0]).toBeGreaterThan(0);
  const [fit = 0] = await drawn();
  const box = await page.getByTestId("photo-pane").boundingBox();
  if (!box) throw new Error("no pane");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const hand = await context.newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) => hand.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([px, py], id) => ({ x: px, y: py, id })) });
  await touch("touchStart", [x - 50, y]);
  await touch("touchStart", [x - 50, y], [x + 50, y]);
  await touch("touchMove", [x - 150, y], [x + 150, y]);
  await expect.poll(async () => ((await drawn())[0] ?? 0) / fit).toBeCloseTo(3, 1);
  await touch("touchEnd");
  await touch("touchStart", [x - 150, y]);
  const before = await drawn();
  await touch("touchMove", [x - 110, y - 30]);
  await expect.poll(async () => [((await drawn())[4] ?? 0) - (before[4] ?? 0), ((await drawn())[5] ?? 0) - (before[5] ?? 0)].map(Math.round)).toEqual([40, -30]);
  await touch("touchEnd");
  await context.close();
});

test("a mark is made, kept and taken away by keys alone, and a cover stays when the layer is put away", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Photo marks")}&lang=en`);
  const drawn = (kind: string) => page.locator(`[data-testid="photo-marks"] [data-kind="${kind}"]`);
  await expect(drawn("length")).toHaveCount(1);
  await page.keyboard.press("l");
  await expect(drawn("length")).toHaveCount(0);
  await expect(drawn("mosaic")).toHaveCount(1);
  await page.keyboard.press("l");

  await page.getByRole("button", { name: "Marks 6", exact: true }).focus();
  await page.keyboard.press("Enter");
  const panel = page.getByTestId("photo-mark-panel");
  await expect(panel).toBeFocused();
  await panel.getByRole("button", { name: "Length", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("photo-mark-surface")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(drawn("length")).toHaveCount(2);
  const line = page.getByTestId("photo-mark-surface").locator("path").last();
  const before = await line.getAttribute("d");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(line).not.toHaveAttribute("d", before ?? "");
  // A length says how long: Enter asks for the words first.
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("textbox")).toBeFocused();
  await page.keyboard.type("3.20 m");
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("listitem")).toHaveCount(7);
  await expect(panel.getByRole("listitem").last()).toContainText("3.20 m");
  await expect(panel).toBeFocused();
  await expect(panel.getByRole("button", { name: /^Remove mark 2/u })).toHaveCount(0);
  await panel.getByRole("button", { name: "Remove mark 7: Length" }).focus();
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("listitem")).toHaveCount(6);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Marks 6", exact: true })).toBeFocused();
});

test("a cover lies on the small pictures where it lies on the large one, until somebody looks under it", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Photo marks")}&lang=en`);
  const share = async (cover: string, picture: string) => {
    const [c, p] = [await page.locator(cover).first().boundingBox(), await page.locator(picture).first().boundingBox()];
    if (!c || !p) throw new Error("nothing drawn");
    return [(c.x - p.x) / p.width, (c.y - p.y) / p.height, c.width / p.width, c.height / p.height];
  };
  const large = await share('[data-testid="photo-marks"] [data-kind="mosaic"] rect', '[data-testid="photo-pane"] img');
  const strip = '[data-testid="photo-strip"] [data-testid="photo-covers"] rect';
  // The rim, and a strip that is not quite 4:3, make a hundredth or three.
  const same = async (cover: string, picture: string) => (await share(cover, picture)).forEach((n, i) => expect(Math.abs(n - (large[i] ?? 9)), `${cover} ${i}`).toBeLessThan(0.03));
  await same(strip, '[data-testid="photo-strip"] img');
  await page.keyboard.press("l");
  await page.keyboard.press("Space");
  const corner = '[data-testid="photo-overview"] [data-testid="photo-covers"] rect';
  await same(corner, '[data-testid="photo-overview"] img');
  await page.getByRole("button", { name: "Marks 6", exact: true }).click();
  await page.getByTestId("photo-mark-panel").getByRole("checkbox").press("Space");
  await expect(page.locator(corner)).toHaveCount(0);
  await expect(page.locator(strip)).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(strip)).toHaveCount(1);
});

test("while two photos are compared a mark goes to the one under the hand, or under the keys", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Photo marks")}&lang=en`);
  await expect(page.getByTestId("photo-pane")).toHaveCount(1);
  await page.keyboard.press("c");
  await page.getByRole("button", { name: "Marks 6", exact: true }).click();
  const panel = page.getByTestId("photo-mark-panel");
  const side = (name: RegExp) => panel.getByRole("button", { name });
  await expect(side(/^Before · visit 1/u)).toHaveAttribute("aria-pressed", "true");
  await expect(panel.getByRole("listitem")).toHaveCount(6);

  // With the mouse, on the later picture.
  await panel.getByRole("button", { name: "Box", exact: true }).click();
  const surfaces = page.getByTestId("photo-mark-surface");
  await expect(surfaces).toHaveCount(2);
  const later = await surfaces.nth(1).boundingBox();
  if (!later) throw new Error("no surface");
  const draw = async (x: number, y: number) => {
    await page.mouse.move(later.x + x, later.y + y);
    await page.mouse.down();
    await page.mouse.move(later.x + x + 60, later.y + y + 40, { steps: 3 });
    await page.mouse.up();
  };
  await draw(100, 150);
  await expect(side(/^After · visit 3/u)).toHaveAttribute("aria-pressed", "true");
  expect(await axe(page)).toEqual([]);
  await panel.getByRole("button", { name: "Save mark" }).click();
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  await expect(page.getByTestId("photo-pane").nth(1).locator('[data-kind="box"]')).toHaveCount(1);
  await expect(page.getByTestId("photo-pane").nth(0).locator('[data-kind="box"]')).toHaveCount(1);

  // With the keys: the side chosen in the panel is the one the keys draw on.
  await side(/^Before/u).press("Enter");
  await expect(panel.getByRole("listitem")).toHaveCount(6);
  await panel.getByRole("button", { name: "Arrow", exact: true }).press("Enter");
  await expect(surfaces.nth(0)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(surfaces.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("listitem")).toHaveCount(2);

  // Behind the curtain the hand draws on what it sees.
  await page.keyboard.press("v");
  await expect(page.getByTestId("photo-curtain")).toBeVisible();
  await panel.getByRole("button", { name: "Box", exact: true }).click();
  const pane = await page.getByTestId("photo-pane").boundingBox();
  if (!pane) throw new Error("no pane");
  const at = async (share: number) => {
    await page.mouse.move(pane.x + pane.width * share, pane.y + 200);
    await page.mouse.down();
    await page.mouse.move(pane.x + pane.width * share + 50, pane.y + 240, { steps: 3 });
    await page.mouse.up();
  };
  await at(0.7);
  await expect(side(/^After/u)).toHaveAttribute("aria-pressed", "true");
  await at(0.3);
  await expect(side(/^Before/u)).toHaveAttribute("aria-pressed", "true");
  await panel.getByRole("button", { name: "Save mark" }).click();
  await expect(panel.getByRole("listitem")).toHaveCount(7);

  // Shining through each other: the one chosen.
  await page.keyboard.press("v");
  await side(/^After/u).click();
  await panel.getByRole("button", { name: "Box", exact: true }).click();
  await expect(surfaces).toHaveCount(1);
  await at(0.3);
  await panel.getByRole("button", { name: "Save mark" }).click();
  await expect(panel.getByRole("listitem")).toHaveCount(3);
  expect(await axe(page)).toEqual([]);
});

test("Tab walks from a half drawn mark over the other picture to its words and loses nothing", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Photo marks")}&lang=en`);
  await expect(page.getByTestId("photo-pane")).toHaveCount(1);
  await page.keyboard.press("c");
  await page.getByRole("button", { name: /^Marks? \d/u }).press("Enter");
  const panel = page.getByTestId("photo-mark-panel");
  await panel.getByRole("button", { name: "Cover", exact: true }).press("Enter");
  const surfaces = page.getByTestId("photo-mark-surface");
  await expect(surfaces).toHaveCount(2);
  await surfaces.first().focus();
  await page.keyboard.press("Enter");
  const save = panel.getByRole("button", { name: "Save mark" });
  await expect(save).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(surfaces.last()).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(save).toBeVisible();
});

test("two hundred photos come in with a count, are stopped, gone on with, and refused with a cause", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Photo import")}&lang=en`);
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const progress = page.getByTestId("import-progress");
  const saved = page.getByTestId("demo-saved");
  await press("Bring 200");
  await press("Let 50 through");
  await expect(progress).toContainText("50 of 200");
  await expect(progress.getByRole("progressbar")).toHaveAttribute("value", "50");
  await expect(saved).toHaveText("50 DSC_1049.JPG in order");
  expect(await axe(page)).toEqual([]);

  // What is under way is finished, nothing further begins, and what is saved stays.
  await press("Stop");
  await press("Let 50 through");
  const stopped = page.getByTestId("import-stopped");
  await expect(stopped).toContainText("52 photos are saved and stay. 148 are not saved yet.");
  await expect(saved).toHaveText("52 DSC_1051.JPG in order");
  expect(await axe(page)).toEqual([]);
  // Two of the fifty were under way: the others are let through now.
  await press("Go on with the 148 left");
  await expect(saved).toHaveText("100 DSC_1099.JPG in order");

  // A full disk would refuse every further one: it is said once, with how many more fit.
  await press("Disk full");
  await press("Let 50 through");
  await expect(stopped).toContainText("Not saved: only 12.0 MB left on the disk.");
  await expect(stopped).toContainText("48 photos are saved and stay. 100 are not saved yet. About 2 more fit into the space left.");
  expect(await axe(page)).toEqual([]);

  // A file that is no photo is named and disturbs no other.
  await press("Some are no photos");
  await press("Go on with the 100 left");
  await press("Let 50 through");
  await press("Let 50 through");
  await expect(progress).toHaveCount(0);
  await expect(page.getByTestId("import-refused")).toContainText("10 photos were not taken; the others are not affected");
  await expect(page.getByTestId("import-refused")).toContainText("and 5 more");
  await expect(saved).toHaveText("190 DSC_1199.JPG in order");
  expect(await axe(page)).toEqual([]);
  await expect(page.getByTestId("demo-tray").getByRole("button")).toHaveText([/DSC_1101.JPG3 min ago$/u, /used before$/u, /DSC_1140.JPG2 h ago$/u]);
});

test("clocks that disagree are named on the photo, and every one of them can be read", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Photo facts")}&lang=en`);
  const facts = page.getByTestId("photo-facts");
  await expect(facts.nth(1).getByTestId("photo-doubt-device")).toHaveText("The computer it was recorded on is 7 minutes ahead of the server");
  await expect(facts.nth(2).getByTestId("photo-doubt-ahead")).toContainText("The camera says 3 hours later than the import");
  await expect(facts.nth(2)).not.toContainText("Taken later than imported");
  await expect(facts.nth(3).getByTestId("photo-doubt-unset")).toContainText("1970");
  await expect(facts.nth(4).getByTestId("photo-doubt-old")).toContainText("3 days");
  await expect(facts.nth(5).getByTestId("photo-doubt-file_time")).toBeVisible();
  for (const one of await facts.getByRole("button", { name: "Times and place" }).all()) await one.press("Enter");
  await expect(facts.nth(1).getByTestId("photo-clocks")).toContainText("The place is read as WGS-84");
  await expect(facts.nth(2).getByTestId("photo-clocks")).toContainText("GCJ-02");
  await expect(facts.nth(5).getByTestId("photo-clocks")).toContainText("none in the photo");
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toEqual([]);
  expect(await smallTargets(page, 24)).toEqual([]);
});

test("a cover is drawn with the mouse from corner to corner and turns with the picture", async ({ page }) => {
  await page.goto(`${site.url}/gallery.html?only=${encodeURIComponent("Photo marks")}&lang=en`);
  await page.getByRole("button", { name: "Marks 6", exact: true }).click();
  const panel = page.getByTestId("photo-mark-panel");
  await panel.getByRole("button", { name: "Cover", exact: true }).click();
  const box = await page.getByTestId("photo-mark-surface").boundingBox();
  if (!box) throw new Error("no surface");
  await page.mouse.move(box.x + 300, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 420, box.y + 160, { steps: 3 });
  await page.mouse.up();
  await panel.getByRole("button", { name: "number plate" }).click();
  await panel.getByRole("button", { name: "Save mark" }).click();
  await expect(panel.getByRole("listitem").last()).toContainText("Covered: number plate");
  const cover = page.locator('[data-testid="photo-marks"] [data-kind="mosaic"] rect').last();
  const size = async () => [Number(await cover.getAttribute("width")), Number(await cover.getAttribute("height"))];
  const [w = 0, h = 0] = await size();
  expect([Math.round(w / 10), Math.round(h / 10)]).toEqual([12, 6]);
  await page.keyboard.press("r");
  await expect.poll(async () => { const [a = 0, b = 0] = await size(); return b / a; }).toBeCloseTo(w / h, 1);
});
