import { expect, test } from "@playwright/test";
import { axe, listen } from "./probe";
import { SLOW, signIn } from "./steps";
import { Town } from "./town";

test("副本水印: what is missing is named, the wording is seen filled in, then it counts for the whole town", async ({ browser }) => {
  const town = await Town.open({ reviewer1: "reviewer", inspector1: "inspector" });
  const office = await signIn(browser, town, "reviewer1");
  const heard = listen(office);
  await office.goto(`${town.url}/settings`);
  const part = office.getByRole("region", { name: "副本水印" });
  await expect(part.getByTestId("stamp-shown")).toContainText("本图为副本", SLOW);
  const text = part.getByRole("textbox", { name: "文字" });
  await text.fill("{town}  {time}");
  await part.getByRole("button", { name: "预览" }).click();
  await expect(part).toContainText("缺少时间、案号或指纹");
  await text.fill("{town}网格中心  {time}\n{case}  {hash}");
  await part.getByRole("button", { name: "预览" }).click();
  await expect(part.getByTestId("stamp-shown")).toContainText("示例镇网格中心");
  await expect(part).not.toContainText("缺少时间、案号或指纹");
  expect(await axe(office)).toEqual([]);
  await part.scrollIntoViewIfNeeded();
  await office.screenshot({ path: "test-results/stamp.png" });
  await part.getByRole("button", { name: "在全镇启用" }).click();
  await expect(office.getByText("水印已启用")).toBeVisible();
  await office.reload();
  await expect(office.getByRole("region", { name: "副本水印" }).getByRole("textbox", { name: "文字" })).toHaveValue(/网格中心/u, SLOW);

  const walker = await signIn(browser, town, "inspector1");
  await walker.goto(`${town.url}/settings`);
  await expect(walker.getByText("关于本机").or(walker.getByText("节假日")).first()).toBeVisible(SLOW);
  await expect(walker.getByRole("region", { name: "副本水印" })).toHaveCount(0);
  // The wording that was refused.
  expect(heard.problems.filter((problem) => !problem.includes("status of 422"))).toEqual([]);
  await town.close();
});
