import { expect, test } from "@playwright/test";
import { axe, listen } from "./probe";
import { SLOW, call, record, signIn } from "./steps";
import { Town } from "./town";

test("责令限期改正通知书: filled beside its page, issued with a number, served, its clock shown, its PDF read", async ({ browser }) => {
  const town = await Town.open({ inspector1: "inspector", reviewer1: "reviewer", enforcer1: "R-ENF" });
  const [walker, office, team] = [await signIn(browser, town, "inspector1"), await signIn(browser, town, "reviewer1"), await signIn(browser, town, "enforcer1")];
  const heard = listen(team);
  const { id } = await record(walker, { nth: 5, photos: 1 });
  await call(office, "case.act", { id, action: "approve" });

  await team.setViewportSize({ width: 1366, height: 768 });
  await team.goto(`${town.url}/cases/${id}`);
  await team.getByTestId("paper-make").click();
  await team.getByRole("option", { name: /F09/ }).click();
  await expect(team.getByTestId("paper-page").first()).toBeVisible(SLOW);
  await expect(team.getByTestId("paper-issue")).toBeDisabled();
  const typed: Record<string, string> = { party_name: "欧阳小明", party_id_no: "11010519491231002X", contact_phone: "02100000000", organ_address: "示例路 1 号", remedy_authority: "示例区人民政府", remedy_court: "示例区" };
  for (const [key, text] of Object.entries(typed)) await team.getByTestId(`paper-${key}`).fill(text);
  for (const at of [1, 2]) {
    const officer = team.getByTestId(`paper-officer-${at}`);
    await officer.click();
    await team.getByRole("option").first().click();
  }
  await expect(team.getByTestId("paper-issue")).toBeEnabled(SLOW);
  expect(await axe(team)).toEqual([]);
  await team.screenshot({ path: "test-results/paper-form.png" });
  await team.getByTestId("paper-issue").click();
  await team.getByRole("alertdialog").getByRole("button").last().click();

  await expect(team.getByTestId("paper-stands")).toBeVisible(SLOW);
  const paper = new URL(team.url()).searchParams.get("paper") ?? "";
  const made = await call<{ card: { number: string; date: string } }>(team, "paper.get", { id: paper });
  expect(made.card.number).toMatch(/^.综执责改字〔20\d\d〕第 \d{4} 号$/);
  await team.getByTestId("serve-mode").click();
  await team.getByRole("option", { name: "直接送达" }).click();
  await team.getByTestId("serve-on").fill(made.card.date);
  await team.getByTestId("serve-place").fill("9号402室");
  await team.getByTestId("serve-receiver").fill("欧阳小明");
  await team.getByTestId("serve-relation").click();
  await team.getByRole("option", { name: "本人" }).click();
  await team.getByTestId("serve-save").click();
  await expect(team.getByTestId("paper-due")).toBeVisible(SLOW);
  expect(await axe(team)).toEqual([]);
  await team.screenshot({ path: "test-results/paper-served.png" });

  await team.getByTestId("paper-print").click();
  await expect(team.getByText("打印 1 份")).toBeVisible(SLOW);
  const file = await team.request.get(`${town.url}/api/paper/${paper}.pdf`);
  expect([file.status(), file.headers()["content-type"], (await file.body()).subarray(0, 5).toString()]).toEqual([200, "application/pdf", "%PDF-"]);
  expect((await walker.request.get(`${town.url}/api/paper/nothing.pdf`)).status()).toBe(404);
  expect(heard.problems).toEqual([]);
  await town.close();
});
