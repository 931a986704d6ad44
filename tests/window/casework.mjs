/** What one does on the page of a case, in any of the windows. */
import { until } from "./processes.mjs";

export const mark = (name) => `[data-testid="${name}"]`;

/** One act of somebody else, from what the server knows to the server. */
export async function acted(town, laptop, args) {
  await town.ctl(laptop, ["sync", "--seconds", "120"]);
  const said = await town.ctl(laptop, args);
  await town.ctl(laptop, ["sync", "--seconds", "120"]);
  return said;
}

export function ask(window, command, args) {
  return window.wait(`() => window.__TAURI_INTERNALS__.invoke("call", { command: ${JSON.stringify(command)}, args: ${JSON.stringify(args)} })`);
}

/** Straight to a case: the lists of 今天 show only their first few. */
export async function at(window, id) {
  await window.goto(new URL(`/cases/${id}`, await window.get("/url")).href);
  await window.find(mark("case-page"), 60000);
}

export function becomes(window, id, status) {
  return until(async () => (await ask(window, "case.get", { id })).card.status === status, 60000, `the case to be ${status}`);
}

export async function pick(window, what, words) {
  await window.click(mark(what), 60000);
  await window.click(`text=${words}`);
}

/** Says yes where it is asked once more. */
export async function agree(window) {
  await window.find('[role="alertdialog"]');
  await window.run("() => [...document.querySelectorAll('[role=alertdialog] button')].at(-1).click()");
}

export async function act(window, action, form = async () => {}) {
  await window.find(`${mark("case-actions")} button`, 60000);
  if (!(await window.has(mark(`act-${action}`)))) await window.click("text=更多");
  await window.click(mark(`act-${action}`));
  await form();
  if (await window.has(mark("act-send"))) {
    await until(() => window.run(ENABLED, mark("act-send")), 60000, "nothing to be missing");
    await window.click(mark("act-send"));
  }
  if (await window.has('[role="alertdialog"]')) await agree(window);
}

export const ENABLED = `(what) => { const b = document.querySelector(what); return b !== null && !b.disabled && b.getAttribute("aria-disabled") !== "true"; }`;
