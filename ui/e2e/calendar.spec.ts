import { expect, test } from "@playwright/test";
import { axe, listen } from "./probe";
import { SLOW, signIn } from "./steps";
import { Town } from "./town";

/** Made up: the notice for 2027 is not out. */
const NOTICE = `2027年放假安排（试编）
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月20日（周六）上班。除夕（2月5日）前可安排年休假。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。`;

test("节假日: a slip is named, the notice is checked day by day and published, and the year shows it", async ({ browser }) => {
  const town = await Town.open({ reviewer1: "reviewer", inspector1: "inspector" });
  const office = await signIn(browser, town, "reviewer1");
  const heard = listen(office);
  await office.goto(`${town.url}/settings`);
  await office.getByRole("link", { name: "查看节假日安排" }).click();
  await expect(office.getByTestId("calendar-page")).toBeVisible(SLOW);
  await office.getByRole("radio", { name: /2027/u }).click({ force: true });
  await expect(office.getByText("放假安排未导入，暂按周末推算").first()).toBeVisible();

  const text = office.locator("#calendar-text");
  await text.fill(NOTICE.replace("共7天。1月", "共8天。1月"));
  await office.getByRole("button", { name: "逐日核对" }).click();
  await expect(office.getByTestId("calendar-problems")).toContainText("从 2027-02-05 起读出 7 天，原文说 8 天");
  await expect(office.getByRole("button", { name: "发布", exact: true })).toBeDisabled();

  await text.fill(NOTICE);
  await office.getByRole("button", { name: "逐日核对" }).click();
  await expect(office.getByTestId("calendar-preview")).toContainText("2027 年，共读出");
  await expect(office.getByRole("region", { name: "没有采用的句子" })).toContainText("除夕(2月5日)前可安排年休假");
  expect(await axe(office)).toEqual([]);
  await office.screenshot({ path: "test-results/calendar-preview.png", fullPage: true });
  await office.getByRole("button", { name: "发布", exact: true }).click();
  await expect(office.getByTestId("calendar-versions")).toContainText("现在使用", SLOW);
  await expect(office.locator('[data-date="2027-02-20"]')).toContainText("班");
  await expect(office.locator('[data-date="2027-02-11"]')).toContainText("休");
  await office.evaluate(() => window.scrollTo(0, 0));
  await office.screenshot({ path: "test-results/calendar-year.png", fullPage: true });

  const walker = await signIn(browser, town, "inspector1");
  await walker.goto(`${town.url}/calendar`);
  await expect(walker.getByText("由联席会议办公室或系统管理员发布。")).toBeVisible(SLOW);
  await expect(walker.locator("#calendar-text")).toHaveCount(0);
  expect(heard.problems).toEqual([]);
  await town.close();
});
