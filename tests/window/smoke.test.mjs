/** The window opens on an empty data folder, asks for a server and a code, and breaks none of its own policies. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { display, openWindow } from "./browsers.mjs";
import { stopAll, until } from "./processes.mjs";
import { programs, shots } from "./places.mjs";

let screen;
let page;

before(async () => {
  screen = await display();
  page = await openWindow({ binary: programs.window, data: mkdtempSync(join(tmpdir(), "xunju-data-")), on: screen });
});
after(async () => {
  await page?.quit();
  await stopAll();
});

test("a new laptop is asked for its server and code", async () => {
  await page.find("input");
  mkdirSync(shots, { recursive: true });
  await page.screenshot(join(shots, "smoke-setup.png"));
  assert.equal(await page.run("() => document.title"), "巡居");
  assert.ok((await page.run("() => document.querySelectorAll('input').length")) >= 2);
});

test("the page may ask for Xunju's commands and for nothing else", async () => {
  const ask = "(name) => window.__TAURI_INTERNALS__.invoke(name)";
  const state = await page.wait(ask, "app_state");
  assert.equal(state.phase, "setup");
  await assert.rejects(page.wait(ask, "plugin:window|close"), /not allowed/);
  await assert.rejects(page.wait(ask, "plugin:path|resolve_directory"), /not allowed/);
});

test("the policy forbids what it says", async () => {
  const inline = "() => { const s = document.createElement('script'); s.textContent = 'window.__inline = 1'; document.head.append(s); return window.__inline ?? 0; }";
  // Where trusted types are enforced the assignment itself is refused.
  const ran = await page.run(inline).catch((error) => error.message);
  assert.ok(ran === 0 || /trusted/i.test(String(ran)), String(ran));
  const away = "() => fetch('http://127.0.0.1:9/').then(() => 'went out', () => 'refused')";
  assert.equal(await page.wait(away), "refused");
  assert.equal(await page.run("() => { 'use strict'; try { Object.prototype.x = 1; } catch {} return ({}).x === undefined; }"), true);
});

test("a photo that is not there is no photo", async () => {
  const load = "(src) => new Promise((done) => { const i = new Image(); i.onload = () => done('drawn'); i.onerror = () => done('none'); i.src = src; })";
  assert.equal(await page.wait(load, `photo://localhost/${"0".repeat(64)}`), "none");
});

test("the window has the size it was given", async () => {
  const size = await until(async () => {
    const [w, h] = await page.run("() => [innerWidth, innerHeight]");
    return w >= 1024 && h >= 600 ? [w, h] : null;
  });
  assert.ok(size[0] <= 1366 && size[1] <= 768, String(size));
});
