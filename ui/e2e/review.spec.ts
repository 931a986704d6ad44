import { expect, test } from "@playwright/test";
import { axe, listen } from "./probe";
import { SLOW, call, pictures, record, signIn } from "./steps";
import { Town } from "./town";

type Card = { id: string; no: string; status: string };

test.describe("核查台", () => {
  let town: Town;
  test.beforeAll(async () => {
    town = await Town.open({ inspector1: "inspector", reviewer1: "reviewer" });
  });
  test.afterAll(() => town.close());

  test("by keyboard only: return with reason and slot, undo in the grace, approve; then completed and filed", async ({ browser }) => {
    const inspector = await signIn(browser, town, "inspector1");
    const made = await record(inspector, { nth: 2 });

    const desk = await signIn(browser, town, "reviewer1");
    const heard = listen(desk);
    await desk.goto(`${town.url}/review?case=${made.id}`);
    await expect(desk.getByTestId("review-case")).toBeVisible();
    await expect(desk.getByTestId("photo-stage").locator("img").first()).toBeVisible();

    // One screen, no scrolling, at 1366 × 768.
    const main = await desk.locator("#main").evaluate((el) => [el.scrollHeight, el.clientHeight]);
    expect(main[0]).toBeLessThanOrEqual(main[1] ?? 0);
    expect(await axe(desk)).toEqual([]);

    // Approve, think better of it within ten seconds.
    await desk.keyboard.press("a");
    await expect(desk.getByTestId("review-held")).toBeVisible();
    await desk.keyboard.press("Control+z");
    await expect(desk.getByTestId("review-held")).toBeHidden();
    await expect(desk).toHaveURL(new RegExp(made.id, "u"));
    expect((await call<{ card: Card }>(desk, "case.get", { id: made.id })).card.status).toBe("REPORTED");

    // Return: S, the reason by its digit, the slot that is missing, Enter.
    await expect(desk.getByTestId("review-brief")).toBeVisible();
    await desk.keyboard.press("s");
    await expect(desk.getByTestId("review-panel")).toBeVisible();
    await desk.keyboard.press("1");
    await expect(desk.getByTestId("slot-door")).toHaveAttribute("aria-pressed", "true");
    await desk.keyboard.press("p");
    await expect(desk.getByTestId("slot-door")).toHaveAttribute("aria-pressed", "false");
    while ((await desk.getByTestId("slot-door").getAttribute("aria-pressed")) !== "true") await desk.keyboard.press("p");
    await expect(desk.getByTestId("review-reason-text")).not.toBeEmpty();
    expect(await axe(desk)).toEqual([]);
    await desk.keyboard.press("Enter");
    await expect(desk.getByTestId("review-held")).toBeVisible();
    await expect(desk).not.toHaveURL(new RegExp(made.id, "u"));
    await expect(desk.getByTestId("review-held")).toBeHidden({ timeout: 15_000 });
    await expect.poll(async () => (await call<{ card: Card }>(desk, "case.get", { id: made.id })).card.status, { timeout: 15_000 }).toBe("RETURNED");

    // The inspector sees why, and the slot stands open.
    await inspector.goto(`${town.url}/cases/${made.id}`);
    await expect(inspector.getByTestId("case-returned")).toBeVisible();
    await expect(inspector.getByTestId("case-open-slot")).toBeVisible();
    await inspector.getByTestId("case-files").setInputFiles(await pictures(inspector, 1, "door"));
    await expect(inspector.getByTestId("case-open-slot")).toBeHidden(SLOW);
    await inspector.getByTestId("case-resubmit").click();
    await expect(inspector.getByTestId("case-returned")).toBeHidden({ timeout: 15_000 });

    // And the office files it: one key.
    await expect.poll(async () => (await call<{ card: Card }>(desk, "case.get", { id: made.id })).card.status, { timeout: 15_000 }).toBe("REPORTED");
    await desk.goto(`${town.url}/review?case=${made.id}`);
    await expect(desk.getByTestId("review-brief")).toBeVisible();
    await desk.keyboard.press("a");
    await expect(desk.getByTestId("review-held")).toBeVisible();
    await expect.poll(async () => (await call<{ card: Card }>(desk, "case.get", { id: made.id })).card.status, { timeout: 20_000 }).toBe("FILED");
    expect(heard.problems).toEqual([]);
    await desk.context().close();
    await inspector.context().close();
  });

  test("J and K walk the queue, digits and arrows the photos, and letters stay off in a field", async ({ browser }) => {
    const desk = await signIn(browser, town, "reviewer1");
    const { rows } = await call<{ rows: Card[] }>(desk, "review.queue", { queue: "to_review" });
    expect(rows.length).toBeGreaterThan(1);
    await desk.goto(`${town.url}/review`);
    await expect(desk.getByTestId("review-case")).toContainText(rows[0]?.no ?? "");
    await desk.keyboard.press("j");
    await expect(desk.getByTestId("review-case")).toContainText(rows[1]?.no ?? "");
    await desk.keyboard.press("k");
    await expect(desk.getByTestId("review-case")).toContainText(rows[0]?.no ?? "");
    await desk.keyboard.press("m");
    await expect(desk.getByTestId("review-opinion")).toBeFocused();
    await desk.keyboard.type("asdfjk1");
    await expect(desk.getByTestId("review-case")).toContainText(rows[0]?.no ?? "");
    await expect(desk.getByTestId("review-panel")).toBeHidden();
    await expect(desk.getByTestId("review-held")).toBeHidden();
    await expect(desk.getByTestId("review-opinion")).toHaveValue("asdfjk1");
    await desk.keyboard.press("Escape");
    await expect(desk.getByTestId("review-opinion")).not.toBeFocused();
    await desk.context().close();
  });
});
