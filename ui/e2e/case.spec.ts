import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { axe, listen } from "./probe";
import { SLOW, call, pictures, record, signIn } from "./steps";
import { Town, XUNJUCTL } from "./town";

/** What anybody can do with a bundle: no server, no data folder. */
function verify(path: string): { ok: boolean; said: string } {
  const ran = spawnSync(XUNJUCTL, ["verify", path], { encoding: "utf8" });
  return { ok: ran.status === 0, said: ran.stdout + ran.stderr };
}

test.describe("案件页", () => {
  let town: Town;
  test.beforeAll(async () => {
    town = await Town.open({ inspector1: "inspector", reviewer1: "reviewer" });
  });
  test.afterAll(() => town.close());

  test("timeline, facts edited in place and undone, note, more photos, 100 % of the original", async ({ browser }) => {
    const page = await signIn(browser, town, "inspector1");
    const heard = listen(page);
    const made = await record(page, { nth: 3, photos: 2 });

    const timeline = page.getByTestId("case-timeline");
    await expect(timeline.getByTestId("timeline-title").filter({ hasText: "上报" }).first()).toBeVisible();
    await expect(timeline).toContainText("张工");
    await expect(timeline).toContainText("设备");
    await expect(timeline).toContainText("服务器");
    expect(await axe(page)).toEqual([]);

    await page.getByTestId("edit-room").click();
    await page.getByTestId("field-room").fill("1999");
    await page.getByTestId("save-room").click();
    await expect(page.getByTestId("fact-room")).toContainText("1999");
    await expect(timeline.getByTestId("timeline-title").filter({ hasText: "改了填报内容" })).toHaveCount(1);
    await page.keyboard.press("Control+z");
    await expect(page.getByTestId("fact-room")).not.toContainText("1999");
    await expect(timeline.getByTestId("timeline-title").filter({ hasText: "改了填报内容" })).toHaveCount(2);

    await page.getByTestId("case-note").fill("第二天再来一次。");
    await page.getByTestId("case-note-save").click();
    await expect(page.getByTestId("case-notes")).toContainText("第二天再来一次。");

    await page.getByTestId("case-add").click();
    await page.getByTestId("case-files").setInputFiles(await pictures(page, 1, "more"));
    await page.getByTestId("case-add-save").click();
    await expect(page.getByTestId("photo-strip").locator("li button")).toHaveCount(3, SLOW);

    await page.locator("h1").click();
    await page.keyboard.press("Space");
    await expect(page.getByTestId("photo-stage").locator("output")).toHaveText("100%");
    await page.keyboard.press("c");
    await expect(page.getByTestId("photo-pane")).toHaveCount(2);
    await page.keyboard.press("c");

    const before = await timeline.getByTestId("timeline-title").count();
    await timeline.getByText("只看决定").click();
    expect(await timeline.getByTestId("timeline-title").count()).toBeLessThan(before);
    const { timeline: events } = await call<{ timeline: unknown[] }>(page, "case.get", { id: made.id });
    expect(before).toBe(events.length);
    expect(heard.problems).toEqual([]);
    await page.context().close();
  });

  test("a comment and a cover are kept on the server, and a copy leaves with its purpose", async ({ browser }) => {
    const page = await signIn(browser, town, "inspector1");
    const heard = listen(page);
    const made = await record(page, { nth: 4, photos: 1 });
    await page.getByRole("button", { name: "标注", exact: true }).click();
    const panel = page.getByTestId("photo-mark-panel");
    const surface = page.getByTestId("photo-mark-surface");
    const draw = async (tool: string, to: [number, number]) => {
      await panel.getByRole("button", { name: tool, exact: true }).click();
      const box = await surface.boundingBox();
      if (!box) throw new Error("no surface");
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + to[0], y + to[1], { steps: 3 });
      await page.mouse.up();
    };
    await draw("批注", [0, 0]);
    await panel.getByRole("textbox").fill("门牌看不清");
    await panel.getByRole("button", { name: "存下标注" }).click();
    await expect(panel.getByRole("listitem").last()).toContainText("门牌看不清");
    await draw("遮挡", [60, 40]);
    await panel.getByRole("button", { name: "人脸" }).click();
    await panel.getByRole("button", { name: "存下标注" }).click();
    await expect(panel.getByRole("listitem")).toHaveCount(2);
    expect(await axe(page)).toEqual([]);
    type Marked = { photos: { marks: { kind: string; text: string }[] }[]; timeline: { kind: string; text: string }[] };
    const kept = await call<Marked>(page, "case.get", { id: made.id });
    expect(kept.photos[0]?.marks.map((m) => m.kind)).toEqual(["comment", "mosaic"]);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "另存副本…" }).click();
    await expect(page.getByTestId("copy-save")).toBeDisabled();
    await page.getByTestId("copy-purpose").fill("公示");
    expect(await axe(page)).toEqual([]);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId("copy-save").click()]);
    expect(file.suggestedFilename()).toMatch(/\.jpg$/u);
    await expect(page.getByTestId("case-timeline").getByTestId("timeline-title").filter({ hasText: "另存了照片的副本" })).toHaveCount(1);

    await page.getByTestId("case-place").click();
    await page.getByLabel("经度").fill("121.4737021");
    await page.getByLabel("纬度").fill("31.2304");
    await page.getByTestId("case-place-save").click();
    await expect(page.getByTestId("geo")).toContainText("121.4737021");

    await page.getByTestId("bundle-open").click();
    await page.getByTestId("bundle-reason").fill("移送法院");
    expect(await axe(page)).toEqual([]);
    const [zip] = await Promise.all([page.waitForEvent("download"), page.getByTestId("bundle-save").click()]);
    await expect(page.getByTestId("bundle-done")).toContainText("含原图 1 张");
    const path = await zip.path();
    expect(verify(path)).toEqual({ ok: true, said: expect.any(String) });
    const bytes = await readFile(path);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(path, bytes);
    expect(verify(path)).toEqual({ ok: false, said: expect.stringMatching(/originals\/|renditions\/|papers\//u) });
    expect(heard.problems).toEqual([]);
    await page.context().close();
  });

  test("what has legal effect is asked once, naming the case, and Esc does nothing", async ({ browser }) => {
    const desk = await signIn(browser, town, "reviewer1");
    const { rows } = await call<{ rows: { id: string; no: string }[] }>(desk, "review.queue", { queue: "to_review" });
    const first = rows[0];
    expect(first).toBeDefined();
    await desk.goto(`${town.url}/cases/${first?.id}`);
    await desk.getByTestId("act-approve").click();
    const dialog = desk.getByRole("alertdialog");
    await expect(dialog).toContainText(first?.no ?? "?");
    await expect(dialog).toContainText("立案");
    expect(await axe(desk)).toEqual([]);
    await desk.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    expect((await call<{ card: { status: string } }>(desk, "case.get", { id: first?.id })).card.status).toBe("REPORTED");
    await desk.context().close();
  });
});
