import { expect, test } from "@playwright/test";
import { axe, listen, overflow } from "./probe";
import { SLOW, call, record, signIn } from "./steps";
import { Town } from "./town";

const CERTIFICATE = (no: string) => ({ role: "R-ENF", certificate: `${no}:2020-01-01:2099-12-31` });
const NAME = "赵样例";
/** Made up: of the form of a number, of nobody. */
const ID_NO = "310112190001010010";
const REASON = "填写事先告知书";

type Page = { rows: Array<{ user: string; action: string; reason: string; fields: string[] }> };

test("a proceeding is opened, its party masked, shown for a reason, and the auditor reads who and why", async ({ browser }) => {
  const town = await Town.open({ inspector1: "inspector", reviewer1: "reviewer", enforcer1: CERTIFICATE("99-7701"), enforcer2: CERTIFICATE("99-7702"), head1: "R-HEAD", auditor1: "R-AUD" });
  const [walker, office, team] = [await signIn(browser, town, "inspector1"), await signIn(browser, town, "reviewer1"), await signIn(browser, town, "enforcer1")];
  const heard = [walker, office, team].map(listen);
  const { id } = await record(walker, { nth: 5, photos: 1 });
  const status = async () => (await call<{ card: { status: string } }>(office, "case.get", { id })).card.status;
  await expect.poll(status).toBe("REPORTED");
  await call(office, "case.act", { id, action: "approve" });
  await expect.poll(status).toBe("FILED");

  // Opened on the case, where it stands as a card from then on.
  await expect.poll(async () => (await call<{ card: { status: string } }>(team, "case.get", { id })).card.status).toBe("FILED");
  await team.goto(`${town.url}/cases/${id}`);
  await team.getByTestId("proceeding-open").click(SLOW);
  await expect(team.getByTestId("proceeding-open-send")).toBeDisabled();
  await team.getByTestId("proceeding-cause").fill("擅自搭建建筑物");
  expect(await axe(team)).toEqual([]);
  await team.getByTestId("proceeding-open-send").click();
  await expect(team.getByTestId("proceeding-page")).toBeVisible(SLOW);
  const proceeding = new URL(team.url()).pathname.split("/").pop() ?? "";

  // 立案 waits for the head of the organ, and says so with its article.
  await expect(team.getByTestId("blocked-E10")).toContainText("行政处罚法");
  expect(await axe(team)).toEqual([]);
  expect(await overflow(team)).toEqual([]);
  await team.screenshot({ path: "test-results/proceeding-opened.png", fullPage: true });
  await expect.poll(async () => (await call<{ card: { opening: string } }>(team, "proceeding.get", { id: proceeding })).card.opening).toBe("accepted");

  const head = await signIn(browser, town, "head1");
  await head.goto(`${town.url}/proceedings/${proceeding}`);
  await head.getByTestId("take-OK").click(SLOW);
  await expect(head.getByTestId("step-send")).toBeDisabled();
  await head.getByTestId("param-for").click();
  await head.getByRole("option", { name: "立案" }).first().click();
  await head.getByTestId("step-send").click();
  const taken = async () => (await call<{ steps: Array<{ code: string; verdict: string }> }>(team, "proceeding.get", { id: proceeding })).steps.map((s) => `${s.code} ${s.verdict}`);
  await expect.poll(taken).toEqual(["OK accepted"]);

  // Two officers and the paper: with one of them it cannot be sent.
  await team.reload();
  await team.getByTestId("take-E10").click(SLOW);
  const form = team.getByTestId("step-form");
  await expect(form.getByRole("checkbox", { name: "99-7701" })).toBeChecked();
  await team.getByTestId("document-F07").fill("城管立字〔2026〕第 1 号");
  await expect(team.getByTestId("step-send")).toBeDisabled();
  await form.locator("label").filter({ hasText: "99-7702" }).click();
  expect(await axe(team)).toEqual([]);
  await team.screenshot({ path: "test-results/proceeding-step.png", fullPage: true });
  await team.getByTestId("step-send").click();
  await expect.poll(taken).toEqual(["OK accepted", "E10 accepted"]);

  // The party: never in clear in an answer that was not asked for with a reason.
  await team.getByTestId("party-set").click();
  await team.getByTestId("party-field-name").fill(NAME);
  await team.getByTestId("party-field-id_no").fill("310112190001010011");
  await team.getByTestId("party-send").click();
  await expect(team.getByRole("dialog").getByRole("alert").first()).toBeVisible();
  await team.getByTestId("party-field-id_no").fill(ID_NO);
  expect(await axe(team)).toEqual([]);
  await team.getByTestId("party-send").click();
  await expect(team.getByTestId("party")).toBeVisible(SLOW);
  await expect(team.getByTestId("party")).not.toContainText(ID_NO);
  await expect(team.getByTestId("party")).not.toContainText(NAME);

  await team.getByTestId("party-unmask").click();
  await expect(team.getByTestId("unmask-send")).toBeDisabled();
  await team.getByTestId("unmask-reason").fill(REASON);
  expect(await axe(team)).toEqual([]);
  await team.getByTestId("unmask-send").click();
  await expect(team.getByTestId("party-id_no")).toHaveText(ID_NO);
  await expect(team.getByTestId("party-name")).toHaveText(NAME);
  await team.screenshot({ path: "test-results/proceeding-shown.png", fullPage: true });
  // Left and come back to, it is masked again.
  await team.getByRole("button", { name: "看案件" }).click();
  await team.getByTestId("proceeding-row").click(SLOW);
  await expect(team.getByTestId("party")).toBeVisible();
  await expect(team.getByTestId("party")).not.toContainText(ID_NO);

  const auditor = await signIn(browser, town, "auditor1");
  const ears = listen(auditor);
  await expect.poll(async () => (await call<Page>(auditor, "access.page", { action: "unmask" })).rows.map((r) => `${r.user} ${r.reason}`), SLOW).toContain(`enforcer1 ${REASON}`);
  await auditor.goto(town.url);
  await expect(auditor).toHaveURL(/\/access/u);
  await expect(auditor.getByTestId("access-row").filter({ hasText: REASON })).toContainText("姓名");
  await expect(auditor.getByTestId("access-table")).not.toContainText(ID_NO);
  await auditor.getByTestId("access-action").click();
  await auditor.getByRole("option", { name: "打印" }).click();
  await expect(auditor.getByTestId("access-row").filter({ hasText: REASON })).toHaveCount(0);
  await auditor.goto(`${town.url}/access?action=unmask`);
  await expect(auditor.getByTestId("access-row").filter({ hasText: REASON })).toHaveCount(1);
  expect(await axe(auditor)).toEqual([]);
  expect(await overflow(auditor)).toEqual([]);
  await auditor.screenshot({ path: "test-results/access.png", fullPage: true });

  // Everybody reads their own, by way of the settings, and no others.
  await team.goto(`${town.url}/settings`);
  await team.getByRole("link", { name: "看我的访问记录" }).click();
  await expect(team.getByTestId("access-row").filter({ hasText: REASON })).toHaveCount(1, SLOW);
  await expect(team.getByTestId("access-user")).toHaveCount(0);

  // The refusal of the wrong number is an answer of its own.
  for (const part of [...heard, ears]) expect(part.problems.filter((problem) => !problem.includes("status of 422"))).toEqual([]);
  await town.close();
});
