/**
 * A 违法搭建 case as the enforcement team lives it in its window, without a network where there is none; the inspector
 * and the office act from laptops of their own, by the command line. Nine days pass in between.
 */
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { display, openWindow } from "./browsers.mjs";
import { pictures } from "./pictures.mjs";
import { ENABLED, act, acted, agree, ask, at, becomes, mark, pick } from "./casework.mjs";
import { programs, shots } from "./places.mjs";
import { until } from "./processes.mjs";
import { Steps } from "./steps.mjs";
import { Town } from "./town.mjs";

const TYPED = { party_name: "欧阳小明", party_id_no: "11010519491231002X", contact_phone: "02100000000", organ_address: "示例路 1 号", remedy_authority: "示例区人民政府", remedy_court: "示例区" };
const TEAM = "laptop-enforcer1";
const WALKER = "laptop-inspector1";
const OFFICE = "laptop-reviewer1";
const DAYS = 9;

export async function life({ prefix = "life", folder = join(shots, "home-life") } = {}) {
  const steps = new Steps(prefix);
  const photos = await pictures(join(shots, "drawn"), 4);
  const town = await steps.step("a town is generated", null, () => Town.generate(folder));
  await town.up();
  const data = await steps.step("three laptops are enrolled", null, async () => {
    await town.enrol(WALKER, "inspector1");
    await town.enrol(OFFICE, "reviewer1");
    return town.enrol(TEAM, "enforcer1");
  });
  const office = (...args) => acted(town, OFFICE, args);
  const walker = (...args) => acted(town, WALKER, args);
  const id = await steps.step("recorded, filed and dispatched by the others", null, async () => {
    const compound = (await town.ctl(WALKER, ["compound", "list"])).rows[0];
    const made = await walker("case", "new", "--compound", compound.name, "--building", "3号", "--room", "302", "--type", "WJ-TJ", "--set", "area_m2=12.5", "--set", "stock_class=new", "--photo", photos.paths[0]);
    await office("case", "act", made.case_id, "approve");
    await office("case", "act", made.case_id, "dispatch", "--param", "lead=enforcement", "--param", "instruction=责令限期改正");
    return made.case_id;
  });

  const opener = viewer(folder);
  const screen = await display();
  const open = () => openWindow({ binary: programs.window, data, on: screen, env: { ...town.env, PATH: opener.path }, home: join(folder, "home") });
  let window = await open();
  await steps.step("the order stands in 今天 and is taken", window, async () => {
    await window.see("已同步", 90000);
    await window.see("待接单", 60000);
    await at(window, id);
    await act(window, "take");
    await becomes(window, id, "HANDLING");
  });
  await steps.step("the network goes; a notice is half filled when the window is killed", null, async () => {
    await town.down();
    await pick(window, "paper-make", "F09");
    await window.find(mark("paper-page"), 60000);
    await window.fill(mark("paper-party_name"), TYPED.party_name);
    await until(() => window.run(SAVED), 10000, "the draft to be on disk");
    await window.kill();
    window = await open();
  });
  await steps.step("it stands with the case as it was left", window, async () => {
    await at(window, id);
    await window.click(mark("paper-draft-row"), 60000);
    await until(async () => (await window.run(VALUE, mark("paper-party_name"))) === TYPED.party_name, 30000, "the name");
  });
  await steps.step("the rest is filled, beside its page", window, async () => {
    for (const [key, text] of Object.entries(TYPED).slice(1)) await window.fill(mark(`paper-${key}`), text);
    for (const at of [1, 2]) {
      await window.click(mark(`paper-officer-${at}`));
      await window.click('[role="option"]');
    }
    await until(() => window.run(ENABLED, mark("paper-issue")), 60000, "nothing to be missing");
  });
  const notice = await steps.step("签发 without a network: a number of the laptop's own block", window, async () => {
    await window.click(mark("paper-issue"));
    await agree(window);
    await window.find(mark("paper-stands"), 60000);
    const { rows } = await ask(window, "paper.list", { case_id: id, limit: 10 });
    assert.match(rows[0].number, /^.综执责改字〔20\d\d〕第 \d{4} 号$/);
    return rows[0];
  });
  await steps.step("served on the spot", window, async () => {
    await pick(window, "serve-mode", "直接送达");
    await window.run(SET_DAY, mark("serve-on"), notice.date);
    await window.fill(mark("serve-place"), "3号302室");
    await window.fill(mark("serve-receiver"), TYPED.party_name);
    await pick(window, "serve-relation", "本人");
    await window.click(mark("serve-save"));
    await window.find(mark("paper-due"), 30000);
  });
  const copy = await steps.step("the PDF opens in the system's viewer, a copy nobody else can read", window, async () => {
    await window.click(mark("paper-open"));
    await until(() => existsSync(opener.log), 30000, "the viewer to be asked");
    const path = readFileSync(opener.log, "utf8");
    assert.equal(readFileSync(path).subarray(0, 5).toString(), "%PDF-");
    assert.equal(statSync(path).mode & 0o077, 0);
    await window.click(mark("paper-print"));
    await window.see("打印 1 份");
    return path;
  });
  // Ended from outside, as when the battery is pulled: what is left behind goes when the next one opens.
  await window.kill();
  assert.ok(existsSync(copy));

  town.daysLater(DAYS);
  await town.up();
  window = await open();
  await steps.step("nine days later the notice is overdue in 今天", window, async () => {
    await window.see("已同步", 90000);
    await window.see("文书期限已过，待复查", 60000);
    await window.see(notice.number);
    assert.ok(!existsSync(copy), "the copy of the window that was killed is gone");
  });
  await steps.step("what was found on the day is noted", window, async () => {
    await window.click(mark("paper-duty-row"));
    await pick(window, "paper-check", "部分改正");
    await window.see("复查 部分改正");
    await window.click("text=返回案件");
  });
  await steps.step("done in part", window, () => done(window, "10", photos.paths[1]));
  await steps.step("the re-check fails", window, async () => {
    await becomes(window, id, "HANDLED");
    await window.see("已同步", 90000);
    await office("case", "act", id, "assign_check", "--param", "checker=inspector1");
    await walker("case", "act", id, "fail", "--reason-code", "fail.partly", "--reason", "还剩 2.5 平方米", "--limit", "7day");
    await becomes(window, id, "HANDLING");
    await window.see("还剩 2.5 平方米", 30000);
  });
  await steps.step("more time is asked for and granted", window, async () => {
    await act(window, "ask_extend", async () => {
      await window.click("text=天气原因");
      await window.fill(mark("act-words"), "连续降雨，无法施工");
    });
    await window.see("已同步", 90000);
    const before = (await ask(window, "case.get", { id })).deadline;
    await office("case", "act", id, "extend", "--reason-code", "extend.weather", "--reason", "同意延期", "--limit", "5workday");
    await until(async () => (await ask(window, "case.get", { id })).deadline.start === before.due_at, 60000, "the later date");
    await window.see("同意延期", 30000);
  });
  await steps.step("done, the whole of it", window, () => done(window, "12.5", photos.paths[2]));
  await steps.step("passed and closed: the whole story on one page", window, async () => {
    await becomes(window, id, "HANDLED");
    await window.see("已同步", 90000);
    await office("case", "act", id, "assign_check", "--param", "checker=inspector1");
    await walker("case", "act", id, "pass", "--reason", "已全部拆除", "--photo", photos.paths[3], "--photo", photos.paths[0]);
    await office("case", "act", id, "close");
    await becomes(window, id, "CLOSED");
    for (const what of ["签发", "送达", "打印", "到期复查"]) await window.see(`${what}责令限期改正通知书 ${notice.number}`);
    await window.see("已结案");
  });
  await window.quit();
  await town.down();
  await screen.close();
  return steps.passed;
}

/** In place of the system's own: writes down what it was asked to open. */
function viewer(folder) {
  const bin = join(folder, "bin");
  const log = join(folder, "opened.txt");
  mkdirSync(bin, { recursive: true });
  const program = join(bin, "xdg-open");
  writeFileSync(program, `#!/bin/sh\nprintf '%s' "$1" > '${log}.part' && mv '${log}.part' '${log}'\n`);
  chmodSync(program, 0o755);
  return { log, path: `${bin}${delimiter}${process.env.PATH}` };
}

function done(window, area, photo) {
  return act(window, "report_done", async () => {
    await pick(window, "param-result", "当事人自行整改");
    await window.fill(mark("measure-demolished_m2"), area);
    await window.click("text=自拆");
    await window.pickFiles(mark("case-files"), [photo]);
  });
}

/** A day's field takes its parts one by one from a keyboard, and each platform its own way: it is set whole. */
const SET_DAY = `(what, day) => {
  const field = document.querySelector(what);
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, day);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}`;
const SAVED = `() => { const line = document.querySelector('[data-testid="paper-draft"]'); return line !== null && !line.hasAttribute("data-dirty"); }`;
const VALUE = "(what) => document.querySelector(what)?.value";
