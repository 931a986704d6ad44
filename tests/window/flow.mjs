/**
 * The main job through the real screens: an inspector's window without a network, a reviewer's browser
 * on the town server's own page, and back.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { display, openPage, openWindow } from "./browsers.mjs";
import { KEYS } from "./driver.mjs";
import { pictures } from "./pictures.mjs";
import { programs, shots } from "./places.mjs";
import { until } from "./processes.mjs";
import { Steps } from "./steps.mjs";
import { Town } from "./town.mjs";

const mark = (name) => `[data-testid="${name}"]`;

/** Runs the job once; gives the number of steps. Everything it starts is ended by `stopAll` of its caller. */
export async function mainJob({ prefix = "job", folder = join(shots, "home-drive"), generate = Town.generate } = {}) {
  const steps = new Steps(prefix);
  const photos = await pictures(join(shots, "drawn"), 4);
  console.log(`# photos: ${photos.from}`);

  const town = await steps.step("a town is generated", null, () => generate(folder));
  await steps.step("the town server answers on loopback", null, () => town.up());
  const data = await steps.step("a laptop is enrolled and filled", null, () => town.enrol("laptop-inspector1", "inspector1"));
  const compound = (await town.ctl("laptop-inspector1", ["compound", "list"])).rows[0];
  await steps.step("the network goes", null, () => town.down());

  const screen = await display();
  const open = () => openWindow({ binary: programs.window, data, on: screen, env: town.env });
  let window = await open();
  await steps.step("the inspector's window opens on 今天", window, () => window.find(ROUND));
  await steps.step("a second program on the folder is refused", null, async () => {
    await assert.rejects(town.ctl("laptop-inspector1", ["status"]), /folder_in_use/);
    const second = await open();
    await second.see("另一个程序正在用这个数据文件夹");
    await second.quit();
  });
  await steps.step("a round is begun by pinyin initials", window, async () => {
    await window.fill(ROUND, compound.initials);
    await window.click('[role="option"]');
    await window.see(`${compound.name} 巡查`);
  });
  const card = join(folder, "card/DCIM/100CANON");
  await steps.step("a camera card is watched", window, async () => {
    mkdirSync(card, { recursive: true });
    await window.click('a[href="/settings"]');
    await window.fill("#watch-folder", join(folder, "card"));
    await window.press(KEYS.enter);
    await window.see("正在监看");
  });
  await steps.step("a photo comes in from the card by itself", window, async () => {
    copyFileSync(photos.paths[2], join(card, "IMG_0003.JPG"));
    await window.click('a[href="/today"]');
    await until(async () => (await tray(window)).length === 1, 30000, "the photo in the tray");
    assert.ok(existsSync(join(card, "IMG_0003.JPG")), "the card is never written to");
  });

  window.clicks = 0;
  await steps.step("新建案件 opens with the round's compound", window, async () => {
    await window.click("text=新建案件");
    await until(async () => (await window.run("(w) => document.querySelector(w)?.value", mark("capture-compound"))) === compound.name, 20000, compound.name);
  });
  await steps.step("two photos are picked, the card's one is taken from the tray", window, async () => {
    await window.pickFiles(mark("capture-files"), photos.paths.slice(0, 2));
    await until(async () => (await window.count(mark("capture-photo"))) === 2, 60000, "two photos in the form");
    await window.click(`${mark("capture-tray")} button`);
    await until(async () => (await window.count(mark("capture-photo"))) === 3, 60000, "three photos in the form");
    await until(() => window.run(ALL_DRAWN, mark("capture-photo")), 30000, "their thumbnails");
  });
  await steps.step("place and type are given", window, async () => {
    await choose(window, mark("capture-building"), "3");
    await choose(window, mark("capture-room"), "1");
    await window.click(mark("tile-WJ"));
    await window.click(mark("subtype-WJ-TJ"));
    await window.find(mark("capture-deadline"));
  });
  await steps.step("the facts that filing asks for are given", window, async () => {
    await window.fill(mark("field-area_m2"), "12.5");
    await window.click('[data-field="stock_class"] label');
  });
  const clicks = window.clicks;
  await steps.step("the window is killed half-way", null, async () => {
    await until(() => window.run(SAVED), 5000, "the draft to be on disk");
    await window.kill();
    window = await open();
  });
  await steps.step("the half-typed case stands in 今天 and opens as it was", window, async () => {
    await window.click('a[href*="draft="]');
    await until(async () => (await window.count(mark("capture-photo"))) === 3, 20000, "three photos in the form");
    assert.match(await window.run("(w) => document.querySelector(w).value", mark("field-area_m2")), /^12\.50?$/);
  });
  window.clicks = clicks;
  const caseNo = await steps.step("保存到本机", window, async () => {
    await save(window);
    return (await window.text(mark("capture-number"))).trim();
  });
  console.log(`# ${caseNo}, ${window.clicks} clicks`);
  assert.ok(window.clicks <= 12, `${window.clicks} clicks for a case with three photos`);
  // The round (planned, begun), the case, its three photos.
  await steps.step("the chip says that nothing has been sent", window, () => window.see("离线 · 都在本机 · 6 条待发"));
  await steps.step("the network is back: events, then photos, then 已同步", window, async () => {
    await town.up();
    await window.see("已同步", 90000);
  });
  await steps.step("the originals on the server are the camera's bytes", null, () => {
    for (const path of photos.paths.slice(0, 3)) {
      const hash = sha256(path);
      assert.ok(blob(town.data, hash), `${path} is not on the server`);
      assert.equal(sha256(blob(town.data, hash)), hash);
    }
  });

  const desk = await openPage(town.address);
  await steps.step("the reviewer signs in on the server's page", desk, async () => {
    await desk.fill("#sign-in-user", "reviewer1");
    await desk.fill("#sign-in-password", town.password("reviewer1"));
    await desk.click("text=登录");
    await desk.see("核查");
  });
  const caseId = await newest(window);
  await steps.step("the case stands in the queue, photos before facts", desk, async () => {
    await desk.goto(`${town.address}/review?case=${caseId}`);
    await until(async () => (await desk.text(mark("review-case"))).includes(compound.name), 20000, compound.name);
    await until(() => desk.run(ALL_DRAWN, mark("photo-stage")), 60000, "the photos on the desk");
  });
  await steps.step("退回补正: a reason and the missing photo", desk, async () => {
    await desk.press("s");
    await desk.click(mark("reason-return.photo_missing"));
    await desk.click(mark("slot-measure"));
  });
  await steps.step("the decision stands in its ten seconds of grace", desk, async () => {
    await desk.press(KEYS.enter);
    await desk.find(mark("review-held"));
  });
  await steps.step("the grace is over", desk, () => until(async () => !(await desk.has(mark("review-held"))), 30000, "the end of the grace"));

  await steps.step("the inspector sees it returned in 今天, with the photo that is asked for", window, async () => {
    await window.click('a[href="/today"]');
    await until(async () => (await window.text(`a[href*="/cases/${caseId}"]`)).includes("缺照片：尺寸"), 60000, "the returned case");
  });
  await steps.step("the case opens with the asked slot", window, async () => {
    await window.click(`a[href*="/cases/${caseId}"]`);
    await window.find(mark("case-returned"));
    await window.find(mark("case-open-slot"));
  });
  await steps.step("the missing photo is added", window, async () => {
    await window.pickFiles(mark("case-files"), photos.paths.slice(3, 4));
    await until(async () => !(await window.has(mark("case-open-slot"))), 30000, "the slot to be filled");
  });
  await steps.step("补正重报", window, async () => {
    await window.click(mark("case-resubmit"));
    await until(async () => !(await window.has(mark("case-returned"))), 30000, "the banner to go");
    await window.see("已同步", 90000);
  });
  await steps.step("the reviewer opens the case: 立案", desk, async () => {
    await desk.goto(`${town.address}/review?case=${caseId}`);
    await until(() => desk.run(ALL_DRAWN, mark("photo-stage")), 60000, "the photos on the desk");
    await desk.press("a");
    await desk.find(mark("review-held"));
    await until(async () => !(await desk.has(mark("review-held"))), 30000, "the end of the grace");
  });
  await steps.step("the inspector sees 已立案 and the official number", window, async () => {
    await window.see("已立案", 60000);
    await until(async () => /^SL-/.test(await window.run("() => document.querySelector('h1').innerText")), 20000, "the number");
  });
  await steps.step("both see the same page", desk, async () => {
    await desk.goto(`${town.address}/cases/${caseId}`);
    await desk.find(mark("case-timeline"));
    const kinds = (page) => page.run(`() => [...document.querySelectorAll('${mark("timeline-title")}')].map((e) => e.innerText)`);
    await until(async () => JSON.stringify(await kinds(desk)) === JSON.stringify(await kinds(window)), 30000, "equal timelines");
  });
  await steps.step("the browser complained of nothing", null, async () => assert.deepEqual(await desk.complaints(), []));
  await desk.quit();
  await window.quit();
  await town.down();
  await screen.close();
  return steps.passed;
}

/** Types into a list that offers what it finds, and takes the first offer, or what was typed. */
export async function choose(page, what, words) {
  if ((await page.run("(w) => document.querySelector(w).value", what)).includes(words)) return;
  await page.fill(what, words);
  await until(async () => (await page.run("(w) => document.querySelector(w).value", what)) !== "", 5000, `${what} to hold words`);
  if (await page.find('[role="option"]', 3000).catch(() => null)) await page.click('[role="option"]');
  else await page.press(KEYS.enter);
}

export async function save(page) {
  await page.click(mark("capture-save"));
  await until(async () => {
    if (await page.has(mark("capture-recorded"))) return true;
    if (await page.has(mark("capture-duplicate"))) {
      await page.click("text=不是同一处");
      await page.click(mark("capture-save"));
    }
    return page.has(mark("capture-recorded"));
  }, 30000, "the case to be recorded").catch(async (error) => {
    throw new Error(`${error.message}\n${await page.run("() => document.body.innerText")}`);
  });
}

const sha256 = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

function tray(page) {
  return page.wait(`() => window.__TAURI_INTERNALS__.invoke("call", { command: "tray.list", args: {} })`);
}

/** The id of the case this laptop recorded last. */
async function newest(page) {
  const ask = `() => window.__TAURI_INTERNALS__.invoke("call", { command: "case.page", args: { limit: 200, mine: true } })`;
  const { rows } = await page.wait(ask);
  return rows.reduce((a, b) => (b.reported_ms > a.reported_ms ? b : a)).id;
}

function blob(data, hash) {
  const folders = ["blobs", "photos", "originals"].map((name) => join(data, name, hash.slice(0, 2), hash.slice(2, 4), hash));
  return folders.find((path) => existsSync(path));
}

const ROUND = 'input[placeholder="选择小区"]';

/** Whether what was typed is on disk. */
const SAVED = `() => !document.querySelector('[data-testid="capture-saved"]').hasAttribute("data-dirty")`;

/** Whether every picture inside is drawn, and there is one. */
const ALL_DRAWN = `(what) => {
  const all = [...document.querySelectorAll(what)].flatMap((e) => (e.matches("img") ? [e] : [...e.querySelectorAll("img")]));
  return all.length > 0 && all.every((i) => i.complete && i.naturalWidth > 0);
}`;
