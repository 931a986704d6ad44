import { expect, test } from "@playwright/test";
import { axe, listen } from "./probe";
import { SLOW, call, record, signIn } from "./steps";
import { Town } from "./town";
import { fillNotice, issue, serveDirectly } from "./work";

test("责令限期改正通知书: filled beside its page, issued with a number, served, its clock shown, its PDF read", async ({ browser }) => {
  const town = await Town.open({ inspector1: "inspector", reviewer1: "reviewer", enforcer1: "R-ENF" });
  const [walker, office, team] = [await signIn(browser, town, "inspector1"), await signIn(browser, town, "reviewer1"), await signIn(browser, town, "enforcer1")];
  const heard = listen(team);
  const { id } = await record(walker, { nth: 5, photos: 1 });
  await call(office, "case.act", { id, action: "approve" });

  await team.setViewportSize({ width: 1366, height: 768 });
  await team.goto(`${town.url}/cases/${id}`);
  await fillNotice(team);
  expect(await axe(team)).toEqual([]);
  await team.screenshot({ path: "test-results/paper-form.png" });
  // Left half-way, it stands on the case and opens as it was.
  await expect(team.getByTestId("paper-draft")).toContainText("草稿已存");
  await team.getByRole("button", { name: "返回案件" }).click();
  await team.getByTestId("paper-draft-row").click(SLOW);
  await expect(team.getByTestId("paper-party_name")).toHaveValue("欧阳小明");
  await expect(team.getByTestId("paper-issue")).toBeEnabled(SLOW);

  const made = await issue(team);
  const paper = made.id;
  expect(made.number).toMatch(/^.综执责改字〔20\d\d〕第 \d{4} 号$/);
  await serveDirectly(team, made);
  expect(await axe(team)).toEqual([]);
  await team.screenshot({ path: "test-results/paper-served.png" });

  await team.getByTestId("paper-print").click();
  await expect(team.getByText("打印 1 份")).toBeVisible(SLOW);
  await team.getByRole("button", { name: "返回案件" }).click();
  await expect(team.getByTestId("paper-row")).toHaveCount(1, SLOW);
  await expect(team.getByTestId("paper-draft-row")).toHaveCount(0);
  for (const what of ["签发", "送达", "打印"]) await expect(team.getByTestId("timeline-title").filter({ hasText: `${what}责令限期改正通知书 ${made.number}` })).toHaveCount(1, SLOW);
  expect(await axe(team)).toEqual([]);
  await team.screenshot({ path: "test-results/paper-case.png", fullPage: true });
  const file = await team.request.get(`${town.url}/api/paper/${paper}.pdf`);
  expect([file.status(), file.headers()["content-type"], (await file.body()).subarray(0, 5).toString()]).toEqual([200, "application/pdf", "%PDF-"]);
  expect((await walker.request.get(`${town.url}/api/paper/nothing.pdf`)).status()).toBe(404);
  expect(heard.problems).toEqual([]);
  await town.close();
});
