/** The camera's dialog without a server: what it asks of the machine, and what it says when it gets nothing. Chromium's own made-up camera stands in for one. */
import { fileURLToPath } from "node:url";
import { type Page, expect, test } from "@playwright/test";
import config from "../playwright.config";
import { LANGUAGES, THEMES, axe, listen, overflow, smallTargets } from "./probe";
import { serve } from "./serve";

const launch = config.use?.launchOptions;
test.use({ launchOptions: { ...launch, args: [...(launch?.args ?? []), "--use-fake-device-for-media-stream=device-count=2"] } });

let site: Awaited<ReturnType<typeof serve>>;
test.beforeAll(async () => {
  site = await serve(fileURLToPath(new URL("../test-results/gallery", import.meta.url)));
});
test.afterAll(() => site.stop());

const open = async (page: Page, look = "lang=en") => {
  await page.goto(`${site.url}/gallery.html?only=Camera&${look}`);
  await page.locator("#Camera button").click();
  await expect(page.getByRole("dialog")).toBeVisible();
};
/** Every track ever given to the page, so that a lamp left on is seen. */
const watchTracks = (page: Page) =>
  page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    Object.assign(window, { tracks });
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (want) => {
      const stream = await ask(want);
      tracks.push(...stream.getTracks());
      return stream;
    };
  });
const lit = (page: Page) => page.evaluate(() => (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map((t) => `${t.kind} ${t.readyState}`));

test("a photo is taken by keys alone at the camera's full size, named after it, and the lamp goes out", async ({ page, context }) => {
  await context.grantPermissions(["camera"]);
  const heard = listen(page);
  await watchTracks(page);
  await open(page);
  const video = page.getByTestId("camera-video");
  await expect(video).toBeVisible();
  const [drawn, most] = await video.evaluate((shown: HTMLVideoElement) => {
    const can = (shown.srcObject as MediaStream).getVideoTracks()[0]?.getCapabilities();
    return [[shown.videoWidth, shown.videoHeight], [can?.width?.max, can?.height?.max]];
  });
  expect(drawn).toEqual(most);
  await expect(page.getByRole("button", { name: /^Take a photo/u })).toBeFocused();
  await page.keyboard.press("Space");
  const photos = page.getByTestId("demo-photos").locator("li");
  await expect(photos).toHaveText([/^camera-\d{8}-\d{6}-fake_device_0\.jpg image\/jpeg$/u]);
  await page.keyboard.press("Enter");
  await expect(photos).toHaveCount(2);
  expect(await lit(page)).toEqual(["video live"]);

  // Another one: the first lamp goes out.
  await page.getByRole("button", { name: /Camera/u }).last().click();
  await page.getByRole("option").nth(1).click();
  await expect.poll(() => lit(page)).toEqual(["video ended", "video live"]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await lit(page)).toEqual(["video ended", "video ended"]);
  await expect(page.locator("#Camera button")).toBeFocused();
  expect(heard.problems).toEqual([]);
});

for (const lang of LANGUAGES) {
  for (const theme of THEMES) {
    test(`the camera's dialog, ${lang}, ${theme}`, async ({ page, context }) => {
      await context.grantPermissions(["camera"]);
      await open(page, `lang=${lang}&theme=${theme}`);
      await expect(page.getByTestId("camera-ghost")).toBeVisible();
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toEqual([]);
      expect(await smallTargets(page, 44, "[role=dialog]")).toEqual([]);
      const foot = await page.getByRole("dialog").getByRole("button").last().boundingBox();
      expect((foot?.y ?? 999) + (foot?.height ?? 999)).toBeLessThan(768);
      await page.screenshot({ path: `test-results/shots/camera-${lang}-${theme}.png` });
    });
  }
}

test("refused, it says so, and asks again once it is allowed", async ({ page, context }) => {
  await open(page);
  await expect(page.getByRole("alert")).toContainText("not allowed");
  expect(await axe(page)).toEqual([]);
  await context.grantPermissions(["camera"]);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByTestId("camera-video")).toBeVisible();
});

const says = (name: string, prepare: (page: Page) => Promise<unknown>, words: string, again: boolean) =>
  test(`${name} is said in words`, async ({ page }) => {
    await prepare(page);
    await open(page);
    await expect(page.getByRole("alert")).toContainText(words);
    await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(again ? 1 : 0);
    expect(await axe(page)).toEqual([]);
  });
const refusing = (error: string) => (page: Page) =>
  page.addInitScript((why) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("refused", why));
  }, error);
says("no camera", refusing("NotFoundError"), "No camera was found", true);
says("a camera in use", refusing("NotReadableError"), "Another program", true);
says("a camera that fails", refusing("InvalidStateError"), "cannot be opened", true);
says("a window without cameras", (page) => page.addInitScript(() => Object.defineProperty(navigator, "mediaDevices", { value: undefined })), "This window cannot use a camera", false);
says("an unencrypted page", (page) => page.addInitScript(() => [Object.defineProperty(window, "isSecureContext", { value: false }), Object.defineProperty(navigator, "mediaDevices", { value: undefined })]), "https", false);

test("a camera pulled out is noticed", async ({ page, context }) => {
  await context.grantPermissions(["camera"]);
  await watchTracks(page);
  await open(page);
  await expect(page.getByTestId("camera-video")).toBeVisible();
  await page.evaluate(() => (window as unknown as { tracks: MediaStreamTrack[] }).tracks[0]?.dispatchEvent(new Event("ended")));
  await expect(page.getByRole("alert")).toContainText("disconnected");
});
