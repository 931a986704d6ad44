/** Steps the flows share: signing in, drawn pictures, a dwelling, recording a case. */
import { type Browser, type Page, expect } from "@playwright/test";
import { PASSWORD, type Town } from "./town";

/** A page of somebody signed in, in a session of their own, in the language of the town. */
export async function signIn(browser: Browser, town: Town, user: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
  const page = await context.newPage();
  await page.goto(town.url);
  await page.locator("#sign-in-user").fill(user);
  await page.locator("#sign-in-password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeVisible();
  // A server started a moment ago is still bringing the town to its own desk.
  // An auditor has no compounds to wait for.
  const compounds = async () => {
    try {
      return (await call<{ rows: unknown[] }>(page, "compound.list", { text: "" })).rows.length > 0;
    } catch (refused) {
      return String(refused).includes("not_allowed");
    }
  };
  await expect.poll(compounds, { timeout: 30_000 }).toBe(true);
  return page;
}

/** One command of the signed-in person, as the page itself would send it. */
export function call<T>(page: Page, name: string, args: unknown): Promise<T> {
  return page.evaluate(
    async ([command, body]) => {
      const answer = await fetch(`/api/call/${command as string}`, { method: "POST", headers: { "X-Xunju": "1", "Content-Type": "application/json" }, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${command as string}: ${await answer.text()}`);
      return answer.json();
    },
    [name, args] as const,
  ) as Promise<T>;
}

export type Picture = { name: string; mimeType: string; buffer: Buffer };

/** Drawn JPEGs, each with other bytes: nothing of a real place is needed. */
export async function pictures(page: Page, count: number, word = "photo"): Promise<Picture[]> {
  const bytes = await page.evaluate(
    async ([n, text]) => {
      const out: number[][] = [];
      for (let i = 0; i < n; i++) {
        const canvas = document.createElement("canvas");
        canvas.width = 1600;
        canvas.height = 1200;
        const g = canvas.getContext("2d");
        if (!g) throw new Error("no canvas");
        g.fillStyle = `hsl(${(i * 97) % 360} 40% 60%)`;
        g.fillRect(0, 0, 1600, 1200);
        g.fillStyle = "#fff";
        g.font = "160px sans-serif";
        g.fillText(`${text} ${i + 1} ${crypto.randomUUID().slice(0, 4)}`, 120, 640);
        const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.9));
        if (!blob) throw new Error("no picture");
        out.push([...new Uint8Array(await blob.arrayBuffer())]);
      }
      return out;
    },
    [count, word] as const,
  );
  return bytes.map((b, i) => ({ name: `${word}-${i + 1}.jpg`, mimeType: "image/jpeg", buffer: Buffer.from(b) }));
}

type Compound = { id: string; name: string };
type Building = { no: string; rooms: string[] };

/** A dwelling of the first compound with a building, in words as on its plate. */
export async function dwelling(page: Page, nth = 0): Promise<{ compound: Compound; building: string; room: string }> {
  const { rows } = await call<{ rows: Compound[] }>(page, "compound.list", { text: "" });
  for (const compound of rows) {
    const { buildings } = await call<{ buildings: Building[] }>(page, "compound.get", { id: compound.id });
    const building = buildings.find((b) => b.rooms.length > nth);
    if (building) return { compound, building: building.no, room: building.rooms[nth] ?? "" };
  }
  throw new Error("the town has no dwelling");
}

/** Counts what a person presses with the mouse: G8 allows twelve. */
export async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const w = window as unknown as { clicks: number };
    w.clicks = 0;
    window.addEventListener(
      "pointerdown",
      (event) => {
        if (event.isTrusted) w.clicks += 1;
      },
      true,
    );
  });
  return () => page.evaluate(() => (window as unknown as { clicks: number }).clicks);
}

/** Photos are hashed, drawn small and written to disk: a debug build on a busy machine takes its time. */
export const SLOW = { timeout: 40_000 };

export type Made = { id: string; no: string };

/** Records a case through the form, with the mouse where a person would use it. `nth` chooses another dwelling. */
export async function record(page: Page, options: { nth?: number; photos?: number } = {}): Promise<Made> {
  const place = await dwelling(page, options.nth ?? 0);
  await call(page, "round.begin", { id: place.compound.id });
  await page.goto(new URL("/new", page.url()).href);
  await expect(page.getByTestId("capture")).toBeVisible();
  await page.getByTestId("capture-files").setInputFiles(await pictures(page, options.photos ?? 2));
  await expect(page.getByTestId("capture-photo")).toHaveCount(options.photos ?? 2, SLOW);
  await page.getByTestId("capture-building").fill(place.building);
  await page.keyboard.press("Enter");
  await page.getByTestId("capture-room").fill(place.room);
  await page.keyboard.press("Enter");
  await page.getByTestId("tile-WJ").click();
  await page.getByTestId("subtype-WJ-TJ").click();
  await expect(page.getByTestId("field-area_m2")).toBeVisible();
  await page.getByTestId("field-area_m2").fill("12.5");
  for (const field of ["stock_class", "structure"]) await page.locator(`[data-field="${field}"] label`).first().click();
  await fillRequired(page);
  await page.getByTestId("capture-save").click();
  const same = page.getByRole("button", { name: "不是同一处" });
  await expect(page.getByTestId("capture-recorded").or(same.first())).toBeVisible();
  while (await same.first().isVisible()) {
    await same.first().click();
    await page.waitForTimeout(0);
  }
  if (!(await page.getByTestId("capture-recorded").isVisible())) await page.getByTestId("capture-save").click();
  await expect(page.getByTestId("capture-recorded")).toBeVisible(SLOW);
  const no = (await page.getByTestId("capture-number").innerText()).trim();
  await page.getByRole("button", { name: "看这条案件" }).click();
  await expect(page.getByTestId("case-page")).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").pop() ?? "";
  return { id, no };
}

/** Answers what the type asks for, kind by kind, until nothing is missing. */
export async function fillRequired(page: Page): Promise<void> {
  await page.waitForTimeout(0);
  for (const field of await page.locator("[data-field]").all()) {
    const needed = await field.getByText("必填").count();
    if (needed === 0) continue;
    if ((await field.getByRole("radio").count()) > 0) await field.locator("label").first().click();
    else if ((await field.locator("input[inputmode]").count()) > 0) await field.locator("input").first().fill("2");
    else if ((await field.locator("input, textarea").count()) > 0) await field.locator("input, textarea").first().fill("已核实");
  }
}
