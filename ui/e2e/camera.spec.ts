import { expect, test } from "@playwright/test";
import { axe, listen } from "./probe";
import { SLOW, signIn } from "./steps";
import { Town } from "./town";

const executablePath = process.env.XUNJU_CHROMIUM ?? "/usr/bin/chromium";
// Chromium's made-up camera: a moving picture with a beep that is never asked for.
test.use({ launchOptions: { executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage", "--use-fake-device-for-media-stream"] } });

test("拍照: refused it says what to do; allowed, each press is a photo saved at once, and the camera is let go", async ({ browser }) => {
  const town = await Town.open({ inspector1: "inspector" });
  const page = await signIn(browser, town, "inspector1");
  const heard = listen(page);
  await page.goto(`${town.url}/new`);
  await page.getByRole("button", { name: "拍照" }).click();
  const dialog = page.getByRole("dialog", { name: "用本机摄像头拍照" });
  await expect(dialog.getByRole("alert")).toContainText("没有允许使用摄像头", SLOW);
  await expect(dialog.getByRole("button", { name: "拍一张" })).toBeDisabled();
  expect(await axe(page)).toEqual([]);
  await page.screenshot({ path: "test-results/camera-denied.png" });

  await page.context().grantPermissions(["camera"], { origin: town.url });
  await dialog.getByRole("button", { name: "再试一次" }).click();
  const video = dialog.getByTestId("camera-video");
  await expect(video).toBeVisible(SLOW);
  await expect(dialog).toContainText(/\d+ × \d+ 像素/u);
  // Space on the button that has the focus, twice: two photos in the form.
  await dialog.getByRole("button", { name: "拍一张" }).focus();
  await page.keyboard.press("Space");
  await expect(dialog).toContainText("已拍 1 张");
  await expect(page.getByTestId("capture-photo")).toHaveCount(1, SLOW);
  await page.keyboard.press("Space");
  await expect(dialog).toContainText("已拍 2 张");
  await expect(page.getByTestId("capture-photo")).toHaveCount(2, SLOW);
  expect(await axe(page)).toEqual([]);
  await page.screenshot({ path: "test-results/camera.png" });
  const track = await video.evaluateHandle((shown) => ((shown as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0]);
  await dialog.getByRole("button", { name: "拍完了" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await track.evaluate((one) => one?.readyState)).toBe("ended");
  await page.screenshot({ path: "test-results/camera-form.png" });
  // The draft keeps them over a reload: they were saved when they were taken.
  await expect(page.getByTestId("capture-photo").first().locator("img")).toBeVisible();
  expect(heard.problems).toEqual([]);
  await town.close();
});
