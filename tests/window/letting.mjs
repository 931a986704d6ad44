/**
 * 群租: the inspector's window counts the area a person has, on both sides of the limit of 5 m²; the team's
 * window refuses the order, the office gives it to another department by the command line.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { display, openWindow } from "./browsers.mjs";
import { act, acted, ask, at, becomes, mark } from "./casework.mjs";
import { KEYS } from "./driver.mjs";
import { choose, save } from "./flow.mjs";
import { pictures } from "./pictures.mjs";
import { programs, shots } from "./places.mjs";
import { until } from "./processes.mjs";
import { Steps } from "./steps.mjs";
import { Town } from "./town.mjs";

const OFFICE = "laptop-reviewer1";

export async function letting({ prefix = "letting", folder = join(shots, "home-letting") } = {}) {
  const steps = new Steps(prefix);
  const photos = await pictures(join(shots, "drawn"), 2);
  const town = await steps.step("a town is generated, three laptops are enrolled", null, () => Town.generate(folder));
  await town.up();
  const walker = await town.enrol("laptop-inspector1", "inspector1");
  await town.enrol(OFFICE, "reviewer1");
  const team = await town.enrol("laptop-enforcer1", "enforcer1");
  const office = (...args) => acted(town, OFFICE, args);
  const compound = (await town.ctl("laptop-inspector1", ["compound", "list"])).rows[0];

  const screen = await display();
  let window = await openWindow({ binary: programs.window, data: walker, on: screen, env: town.env });
  await steps.step("a case is begun: photos, door, 群租 by area", window, async () => {
    await window.see("已同步", 90000);
    await window.click("text=新建案件");
    await window.find(mark("capture-compound"), 20000);
    await choose(window, mark("capture-compound"), compound.name);
    await window.pickFiles(mark("capture-files"), photos.paths);
    await until(async () => (await window.count(mark("capture-photo"))) === 2, 60000, "two photos in the form");
    await choose(window, mark("capture-building"), "5号");
    await choose(window, mark("capture-room"), "201");
    await window.click(mark("tile-QZ"));
    await window.click(mark("subtype-QZ-MJ"));
    await window.fill(mark("field-tenants"), "3");
  });
  for (const [usable, area, verdict] of [["15.03", "5.01", "符合"], ["15.00", "5.00", "符合"], ["14.97", "4.99", "不足，属群租"]]) {
    await steps.step(`${area} m² a person: ${verdict}`, window, async () => {
      await retype(window, mark("field-usable_m2"), usable);
      await until(async () => (await window.text('[data-field="per_person_m2"] output')) === `${area} m²`, 20000, area);
      assert.equal(await window.text('[data-field="per_person_test"] output'), verdict);
    });
  }
  const id = await steps.step("保存到本机, and to the server", window, async () => {
    await save(window);
    const { rows } = await ask(window, "case.page", { limit: 200, mine: true });
    const made = rows.reduce((a, b) => (b.reported_ms > a.reported_ms ? b : a)).id;
    const received = async () => (await ask(window, "case.get", { id: made })).timeline.every((e) => e.state === "received");
    await until(received, 90000, "the server to have it");
    return made;
  });
  await window.quit();

  await steps.step("filed and given to the team by the office", null, async () => {
    await office("case", "act", id, "approve");
    await office("case", "act", id, "dispatch", "--param", "lead=enforcement");
  });
  window = await openWindow({ binary: programs.window, data: team, on: screen, env: town.env });
  await steps.step("the team refuses: not its duty", window, async () => {
    await window.see("已同步", 90000);
    await at(window, id);
    await act(window, "refuse", async () => {
      await window.click("text=非本部门职责");
      await window.fill(mark("act-words"), "群租整治由平安办牵头");
    });
    await becomes(window, id, "REFUSED");
    await window.see("已同步", 90000);
  });
  await steps.step("given to another department; nothing is left to take here", window, async () => {
    await office("case", "act", id, "redispatch", "--param", "lead=peace");
    await becomes(window, id, "DISPATCHED");
    await until(async () => (await window.text(mark("case-order"))).includes("平安"), 60000, "the other department");
    await window.see("群租整治由平安办牵头");
    assert.equal(await window.has(mark("act-take")), false);
  });
  await window.quit();
  await town.down();
  await screen.close();
  return steps.passed;
}

/** As a person does: everything chosen, deleted, typed anew. The driver's own clearing leaves what the page knows. */
async function retype(window, what, text) {
  if ((await window.run("(w) => document.querySelector(w).value", what)) !== "") {
    await window.run("(w) => { const field = document.querySelector(w); field.focus(); field.select(); }", what);
    await window.press(KEYS.backspace);
  }
  await window.fill(what, text);
}
