import { expect, test } from "@playwright/test";
import { axe, listen } from "./probe";
import { SLOW, call, pictures, record, signIn } from "./steps";
import { Town } from "./town";
import { choose, fill, status, step } from "./work";

test("派遣 to 结案: each form asks for what its step needs, and the lists of 今天 follow", async ({ browser }) => {
  const town = await Town.open({ inspector1: "inspector", reviewer1: "reviewer", enforcer1: "R-ENF" });
  const [walker, office, team] = [await signIn(browser, town, "inspector1"), await signIn(browser, town, "reviewer1"), await signIn(browser, town, "enforcer1")];
  const heard = [walker, office, team].map(listen);
  const { id } = await record(walker, { nth: 4, photos: 1 });
  await expect.poll(() => status(office, id)).toBe("REPORTED");
  await call(office, "case.act", { id, action: "approve" });
  await expect.poll(() => status(office, id)).toBe("FILED");

  await office.goto(`${town.url}/cases/${id}`);
  await step(office, "dispatch", async () => {
    await expect(office.getByTestId("case-act-form")).toContainText("主办部门");
    await fill(office, "param-instruction", "现场核实，责令改正，保存照片。");
    expect(await axe(office)).toEqual([]);
    await office.screenshot({ path: "test-results/casework-dispatch.png", fullPage: true });
  });
  await expect.poll(() => status(office, id)).toBe("DISPATCHED");

  await team.goto(`${town.url}/today`);
  await expect(team.getByRole("region", { name: "待接单" })).toBeVisible(SLOW);
  await team.screenshot({ path: "test-results/casework-today.png", fullPage: true });
  await team.goto(`${town.url}/cases/${id}`);
  await step(team, "take");
  await expect.poll(() => status(team, id)).toBe("HANDLING");
  await expect(team.getByTestId("case-order")).toContainText("队员");

  await step(team, "report_done", async () => {
    await expect(team.getByTestId("act-send")).toBeDisabled();
    await choose(team, "param-result", "查无违法行为");
    await team.getByTestId("case-files").setInputFiles(await pictures(team, 1, "after"));
    await expect(team.getByTestId("act-send")).toBeEnabled(SLOW);
    expect(await axe(team)).toEqual([]);
    await team.screenshot({ path: "test-results/casework-done.png", fullPage: true });
  });
  await expect.poll(() => status(team, id)).toBe("HANDLED");

  await office.reload();
  await step(office, "assign_check", () => choose(office, "param-checker", "inspector1"));
  await expect.poll(() => status(office, id)).toBe("CHECKING");

  await walker.goto(`${town.url}/cases/${id}`);
  await step(walker, "pass", async () => {
    await walker.getByTestId("case-files").setInputFiles(await pictures(walker, 2, "check"));
    await fill(walker, "act-words", "现场核查合格");
    await expect(walker.getByTestId("case-act-form").locator(`img[alt^="check-"]`)).toHaveCount(2, SLOW);
  });
  await expect(office.getByTestId("act-close")).toBeVisible(SLOW);
  await step(office, "close");
  await expect.poll(() => status(office, id)).toBe("CLOSED");
  await office.screenshot({ path: "test-results/casework-closed.png", fullPage: true });

  for (const ears of heard) expect(ears.problems).toEqual([]);
  await town.close();
});
