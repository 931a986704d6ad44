/** The whole life of three cases, as people live it, with days between the acts. */
import { type Browser, type Page, expect, test } from "@playwright/test";
import { axe, listen, overflow } from "./probe";
import { SLOW, call, dwelling, pictures, record, signIn } from "./steps";
import { Town } from "./town";
import { choose, fill, fillNotice, issue, serveDirectly, status, step } from "./work";

const ROLES = { inspector1: "inspector", reviewer1: "reviewer", enforcer1: "R-ENF", housing1: "R-DEP" };
/** After the seven days of the notice. */
const DAYS = 9;

const look = (page: Page, name: string) => page.screenshot({ path: `test-results/life-${name}.png`, fullPage: true });

async function people(browser: Browser, town: Town): Promise<{ walker: Page; office: Page; team: Page }> {
  const [walker, office, team] = [await signIn(browser, town, "inspector1"), await signIn(browser, town, "reviewer1"), await signIn(browser, town, "enforcer1")];
  return { walker, office, team };
}

const at = (page: Page, town: Town, id: string) => page.goto(`${town.url}/cases/${id}`);
const becomes = (page: Page, id: string, what: string) => expect.poll(() => status(page, id), SLOW).toBe(what);

/** 已处置: what was taken down, with a photo of afterwards. */
async function done(team: Page, area: string): Promise<void> {
  await step(team, "report_done", async () => {
    await choose(team, "param-result", "当事人自行整改");
    await fill(team, "measure-demolished_m2", area);
    await team.getByTestId("case-act-form").getByText("自拆", { exact: true }).click();
    await team.getByTestId("case-files").setInputFiles(await pictures(team, 1, "after"));
    await expect(team.getByTestId("act-send")).toBeEnabled(SLOW);
  });
}

// Minutes of one debug server, three browsers and a town of its own on a busy machine.
test.describe.configure({ timeout: 360_000 });

test("违法搭建 from the photo to the end: notice, service, overdue, failed re-check, more time, passed, closed", async ({ browser }) => {
  const town = await Town.open(ROLES);
  let { walker, office, team } = await people(browser, town);
  const { id } = await record(walker, { nth: 6, photos: 1 });
  await becomes(office, id, "REPORTED");
  await call(office, "case.act", { id, action: "approve" });
  await becomes(office, id, "FILED");
  await at(office, town, id);
  await step(office, "dispatch", () => fill(office, "param-instruction", "责令限期改正，逾期报联席办。"));
  await becomes(team, id, "DISPATCHED");
  await at(team, town, id);
  await step(team, "take");
  await becomes(team, id, "HANDLING");

  await team.reload();
  await fillNotice(team);
  const notice = await issue(team);
  await serveDirectly(team, notice);
  await look(team, "1-served");
  const served = await call<{ due: { due_date: string } }>(team, "paper.get", { id: notice.id });

  // Nine days later. Everybody signs in again.
  await town.stop();
  await town.start({ daysAhead: DAYS });
  ({ walker, office, team } = await people(browser, town));
  const heard = [walker, office, team].map(listen);
  await team.goto(`${town.url}/today`);
  await expect(team.getByText("文书期限已过，待复查")).toBeVisible(SLOW);
  await expect(team.getByTestId("paper-duty-row").filter({ hasText: notice.number })).toBeVisible();
  expect(await axe(team)).toEqual([]);
  await look(team, "2-overdue");
  const late = await call<{ card: { bucket: string; due_date: string } }>(team, "paper.get", { id: notice.id });
  expect([late.card.bucket, late.card.due_date]).toEqual(["overdue", served.due.due_date]);

  // Somebody goes and looks: a part of it still stands.
  await team.getByTestId("paper-duty-row").filter({ hasText: notice.number }).click();
  await choose(team, "paper-check", "部分改正");
  await expect(team.getByTestId("paper-stands").getByText("复查 部分改正")).toBeVisible(SLOW);
  await at(team, town, id);
  await done(team, "10.00");
  await becomes(office, id, "HANDLED");
  await at(office, town, id);
  await step(office, "assign_check", () => choose(office, "param-checker", "inspector1"));
  await becomes(walker, id, "CHECKING");
  await at(walker, town, id);
  await expect(walker.getByTestId("case-actions").getByRole("button").first()).toBeVisible(SLOW);
  await expect(walker.getByTestId("act-pass"), "a part does not pass as the whole").toHaveCount(0);
  await step(walker, "fail", async () => {
    await walker.getByRole("button", { name: "部分整改" }).click();
    await fill(walker, "act-words", "还剩 2.5 平方米");
    await walker.getByTestId("limit-n").fill("7");
    await look(walker, "3-fail-form");
  });
  await becomes(team, id, "HANDLING");
  await walker.reload();
  await expect(walker.getByText("返工 1 次")).toBeVisible(SLOW);
  await look(walker, "4-failed");

  // More time: asked for by the team, granted by the office, from the old day on.
  await at(team, town, id);
  await step(team, "ask_extend", async () => {
    await team.getByRole("button", { name: "天气原因" }).click();
    await fill(team, "act-words", "连续降雨，无法施工");
  });
  const before = await call<{ deadline: { due_at: string } }>(office, "case.get", { id });
  await at(office, town, id);
  await step(office, "extend", async () => {
    await office.getByRole("button", { name: "天气原因" }).click();
    await fill(office, "act-words", "同意延期");
    await office.getByTestId("limit-n").fill("5");
    await look(office, "5-extend-form");
  });
  await expect.poll(async () => (await call<{ deadline: { start: string } }>(office, "case.get", { id })).deadline.start, SLOW).toBe(before.deadline.due_at);

  await at(team, town, id);
  await done(team, "12.50");
  await becomes(office, id, "HANDLED");
  await at(office, town, id);
  await step(office, "assign_check", () => choose(office, "param-checker", "inspector1"));
  await becomes(walker, id, "CHECKING");
  await at(walker, town, id);
  await step(walker, "pass", async () => {
    await walker.getByTestId("case-files").setInputFiles(await pictures(walker, 2, "check"));
    await fill(walker, "act-words", "已全部拆除");
    await expect(walker.getByTestId("case-act-form").locator(`img[alt^="check-"]`)).toHaveCount(2, SLOW);
  });
  await expect(office.getByTestId("act-close")).toBeVisible(SLOW);
  await step(office, "close");
  await becomes(office, id, "CLOSED");
  await office.reload();
  await expect(office.getByTestId("timeline-title").filter({ hasText: `送达责令限期改正通知书 ${notice.number}` })).toBeVisible(SLOW);
  expect(await axe(office)).toEqual([]);
  expect(await overflow(office)).toEqual([]);
  await look(office, "6-closed");
  for (const ears of heard) expect(ears.problems).toEqual([]);
  await town.close();
});

test("群租: 4.99 m² a person is too little, 5.00 and 5.01 are not; refused by one department, given to another", async ({ browser }) => {
  const town = await Town.open(ROLES);
  const { walker, office, team } = await people(browser, town);
  const heard = [walker, office, team].map(listen);
  const place = await dwelling(walker, 7);
  await call(walker, "round.begin", { id: place.compound.id });
  await walker.goto(`${town.url}/new`);
  await walker.getByTestId("capture-files").setInputFiles(await pictures(walker, 2));
  await expect(walker.getByTestId("capture-photo")).toHaveCount(2, SLOW);
  for (const [mark, text] of [["capture-building", place.building], ["capture-room", place.room]] as const) {
    await fill(walker, mark, text);
    await walker.keyboard.press("Enter");
  }
  await walker.getByTestId("tile-QZ").click();
  await walker.getByTestId("subtype-QZ-MJ").click();
  await walker.getByTestId("field-tenants").fill("3");
  const said = (key: string) => walker.locator(`[data-field="${key}"] output`);
  for (const [usable, area, verdict] of [["15.03", "5.01", "符合"], ["15.00", "5.00", "符合"], ["14.97", "4.99", "不足，属群租"]] as const) {
    await walker.getByTestId("field-usable_m2").fill(usable);
    await expect(said("per_person_m2")).toHaveText(`${area} m²`, SLOW);
    await expect(said("per_person_test")).toHaveText(verdict);
    await walker.getByTestId("capture").screenshot({ path: `test-results/life-qz-${area}.png` });
  }
  expect(await axe(walker)).toEqual([]);
  await walker.getByTestId("capture-save").click();
  await expect(walker.getByTestId("capture-recorded")).toBeVisible(SLOW);
  await walker.getByRole("button", { name: "看这条案件" }).click();
  await expect(walker.getByTestId("case-page")).toBeVisible();
  const id = new URL(walker.url()).pathname.split("/").pop() ?? "";
  await becomes(office, id, "REPORTED");
  await call(office, "case.act", { id, action: "approve" });
  await becomes(office, id, "FILED");

  await at(office, town, id);
  await step(office, "dispatch", () => choose(office, "param-lead", "综合行政执法队"));
  await becomes(team, id, "DISPATCHED");
  await at(team, town, id);
  await step(team, "refuse", async () => {
    await team.getByRole("button", { name: "非本部门职责" }).click();
    await fill(team, "act-words", "群租整治由平安办牵头");
    await look(team, "qz-refuse");
  });
  await becomes(office, id, "REFUSED");
  await office.reload();
  await step(office, "redispatch", async () => {
    await expect(office.getByTestId("case-act-form")).toBeVisible();
    await look(office, "qz-redispatch");
  });
  await becomes(office, id, "DISPATCHED");
  await office.reload();
  await expect(office.getByTestId("case-order")).toContainText("平安", SLOW);
  await expect(office.getByTestId("case-page")).toContainText("群租整治由平安办牵头");
  expect(await axe(office)).toEqual([]);
  await look(office, "qz-given-on");
  await at(team, town, id);
  await expect(team.getByTestId("case-page")).toBeVisible(SLOW);
  await expect(team.getByTestId("act-take"), "another department's order").toHaveCount(0);
  for (const ears of heard) expect(ears.problems).toEqual([]);
  await town.close();
});
