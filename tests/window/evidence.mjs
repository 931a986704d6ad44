/**
 * Twenty photos into the inspector's window; days later one more with the laptop's camera (WebKit's made-up one), the two compared side by side, by
 * the curtain and laid over each other; a comment on a point, an arrow, a covered face; the case as one file that is
 * checked, one byte of it turned over, and named.
 */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { display, openWindow } from "./browsers.mjs";
import { ask, at, mark } from "./casework.mjs";
import { KEYS } from "./driver.mjs";
import { choose, save } from "./flow.mjs";
import { pictures } from "./pictures.mjs";
import { programs, shots } from "./places.mjs";
import { run, until } from "./processes.mjs";
import { Steps } from "./steps.mjs";
import { Town } from "./town.mjs";

const PHOTOS = 20;

export async function evidence({ prefix = "evidence", folder = join(shots, "home-evidence") } = {}) {
  const steps = new Steps(prefix);
  const photos = await pictures(join(shots, "drawn"), PHOTOS);
  const town = await steps.step("a town is generated, a laptop is enrolled", null, () => Town.generate(folder));
  await town.up();
  const data = await town.enrol("laptop-inspector1", "inspector1");
  const compound = (await town.ctl("laptop-inspector1", ["compound", "list"])).rows[0];
  const downloads = join(folder, "downloads");
  mkdirSync(downloads, { recursive: true });

  const screen = await display();
  const open = () => openWindow({ binary: programs.window, data, on: screen, env: { ...town.env, XUNJU_DOWNLOADS: downloads, XUNJU_MOCK_CAMERA: "1" } });
  let window = await open();
  await steps.step(`${PHOTOS} photos in one go`, window, async () => {
    await window.see("已同步", 90000);
    await window.click("text=新建案件");
    await window.find(mark("capture-compound"), 20000);
    await choose(window, mark("capture-compound"), compound.name);
    await window.pickFiles(mark("capture-files"), photos.paths);
    await until(async () => (await window.count(mark("capture-photo"))) === PHOTOS, 180000, "all photos in the form");
  });
  const id = await steps.step("保存到本机", window, async () => {
    await choose(window, mark("capture-building"), "5号");
    await choose(window, mark("capture-room"), "202");
    await window.click(mark("tile-WJ"));
    await window.click(mark("subtype-WJ-TJ"));
    await window.fill(mark("field-area_m2"), "12.5");
    await window.click('[data-field="stock_class"] label');
    await save(window);
    const { rows } = await ask(window, "case.page", { limit: 200, mine: true });
    return rows.reduce((a, b) => (b.reported_ms > a.reported_ms ? b : a)).id;
  });
  await window.quit();

  town.daysLater(9);
  window = await open();
  await steps.step("nine days later one more with the laptop's camera", window, async () => {
    await at(window, id);
    await window.click(mark("case-add"));
    await window.click("text=拍照");
    await window.find(mark("camera-video"), 60000);
    await until(() => window.run("(w) => document.querySelector(w).videoWidth > 0", mark("camera-video")), 30000, "a picture");
    await window.screenshot(join(shots, `${prefix}-camera.png`));
    await window.click("text=拍一张");
    await window.see("已拍 1 张");
    await window.click("text=拍完了");
    await until(async () => (await ask(window, "tray.list", {})).length > 0, 60000, "the photo to be taken in");
    await window.click(`${mark("case-add-photos")} button[aria-pressed]`, 60000);
    await window.click(mark("case-add-save"), 60000);
    const seats = async () => (await ask(window, "case.get", { id })).photos;
    await until(async () => (await seats()).length === PHOTOS + 1, 60000, "one more photo in the case");
    await until(async () => (await window.count(`${mark("photo-strip")} li button`)) > PHOTOS, 30000, "the strip to show it");
    const visits = new Set((await seats()).map((photo) => photo.visit));
    assert.deepEqual([...visits].sort(), [1, 2]);
  });
  await steps.step("side by side with one zoom", window, async () => {
    await window.run("(w) => document.querySelector(w).scrollIntoView({ block: 'center' })", mark("photo-stage"));
    await window.press("c");
    await until(async () => (await window.count(mark("photo-pane"))) === 2, 20000, "two panes");
    const names = await window.run("(w) => [...document.querySelectorAll(w)].map((pane) => pane.innerText)", mark("photo-pane"));
    assert.ok(names.every((words) => words.includes("全景")), `the pair of one slot: ${names.join(" | ")}`);
  });
  await steps.step("by the curtain", window, async () => {
    await window.press("v");
    await window.find(mark("photo-curtain"));
  });
  await steps.step("laid over each other", window, async () => {
    await window.press("v");
    await window.find(`${mark("photo-upper")}[data-mode="overlay"]`);
    await window.press("c");
    await until(async () => (await window.count(mark("photo-pane"))) === 1, 20000, "one pane");
  });
  const drawn = async (tool, from, to, words = async () => {}) => {
    const before = (await ask(window, "case.get", { id })).photos.flatMap((photo) => photo.marks).length;
    await window.click(`text=${tool}`);
    await window.drag(mark("photo-mark-surface"), from, to);
    await words();
    await window.click("text=存下标注");
    await until(async () => (await ask(window, "case.get", { id })).photos.flatMap((photo) => photo.marks).length > before, 30000, `${tool} to be kept`);
  };
  await steps.step("a comment on a point, an arrow, a covered face", window, async () => {
    await window.click("text=标注");
    await window.find(mark("photo-mark-panel"));
    await drawn("批注", [0.5, 0.5], [0.5, 0.5], () => window.fill(`${mark("photo-mark-panel")} textarea, ${mark("photo-mark-panel")} input[type=text]`, "门牌看不清"));
    await drawn("箭头", [0.35, 0.35], [0.45, 0.45]);
    await drawn("遮挡", [0.52, 0.3], [0.62, 0.4], () => window.click("text=人脸"));
    await until(async () => (await window.count(`${mark("photo-mark-panel")} li`)) === 3, 20000, "three marks in the list");
  });
  await steps.step("the case as one file", window, async () => {
    const kinds = (await ask(window, "case.get", { id })).photos.flatMap((photo) => photo.marks.map((m) => m.kind));
    assert.deepEqual(kinds.sort(), ["arrow", "comment", "mosaic"]);
    await window.press(KEYS.escape);
    await window.click(mark("bundle-open"));
    await window.fill(mark("bundle-reason"), "移送法院");
    await window.click(mark("bundle-save"));
    await window.find(mark("bundle-done"), 120000);
    await window.see(`含原图 ${PHOTOS + 1} 张`);
  });
  await window.quit();

  const [name] = readdirSync(downloads).filter((file) => file.endsWith(".zip"));
  const bundle = join(downloads, name);
  await steps.step("it is checked", null, async () => {
    const { problems, originals } = JSON.parse(await run(programs.ctl, ["verify", bundle]));
    assert.deepEqual({ problems, originals }, { problems: [], originals: PHOTOS + 1 });
  });
  await steps.step("one byte turned over is named", null, async () => {
    const bytes = readFileSync(bundle);
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    writeFileSync(bundle, bytes);
    const refused = await run(programs.ctl, ["verify", bundle]).then(
      () => assert.fail("a changed bundle passed"),
      (error) => String(error.message),
    );
    assert.match(refused, /originals\/|renditions\//u);
  });
  await town.down();
  await screen.close();
  return steps.passed;
}
