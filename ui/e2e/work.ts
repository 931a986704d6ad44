/** Steps of casework and papers the flows share. */
import { type Page, expect } from "@playwright/test";
import { SLOW, call } from "./steps";

/** Writes into a field by its mark. */
export const fill = (page: Page, mark: string, text: string) => page.getByTestId(mark).fill(text);

/** Opens a list by its mark and takes the entry with this text. */
export async function choose(page: Page, mark: string, text: string): Promise<void> {
  await page.getByTestId(mark).click();
  await page.getByRole("option", { name: text }).first().click();
}

/** Presses the step, fills its form, sends it, and says yes where it is asked once more. */
export async function step(page: Page, action: string, form: () => Promise<void> = async () => {}): Promise<void> {
  const button = page.getByTestId(`act-${action}`);
  await expect(page.getByTestId("case-actions").getByRole("button").first()).toBeVisible(SLOW);
  if (!(await button.isVisible())) await page.getByTestId("case-actions").getByText("更多").click();
  await button.click();
  await form();
  const send = page.getByTestId("act-send");
  if (await send.isVisible()) await send.click();
  const dialog = page.getByRole("alertdialog");
  if (await dialog.isVisible().catch(() => false)) await dialog.getByRole("button").last().click();
}

export const status = async (page: Page, id: string) => (await call<{ card: { status: string } }>(page, "case.get", { id })).card.status;

/** What an officer types into a 责令限期改正通知书 by hand. */
const TYPED: Record<string, string> = { party_name: "欧阳小明", party_id_no: "11010519491231002X", contact_phone: "02100000000", organ_address: "示例路 1 号", remedy_authority: "示例区人民政府", remedy_court: "示例区" };

/** Opens the form of a 责令限期改正通知书 on a case and fills it, beside its page. */
export async function fillNotice(page: Page): Promise<void> {
  await page.getByTestId("paper-make").click(SLOW);
  await page.getByRole("option", { name: /F09/ }).click();
  await expect(page.getByTestId("paper-page").first()).toBeVisible(SLOW);
  await expect(page.getByTestId("paper-issue")).toBeDisabled();
  for (const [key, text] of Object.entries(TYPED)) await fill(page, `paper-${key}`, text);
  for (const at of [1, 2]) {
    await page.getByTestId(`paper-officer-${at}`).click();
    await page.getByRole("option").first().click();
  }
  await expect(page.getByTestId("paper-issue")).toBeEnabled(SLOW);
}

export type Paper = { id: string; number: string; date: string };

/** 签发: gives the paper that stands. */
export async function issue(page: Page): Promise<Paper> {
  await page.getByTestId("paper-issue").click();
  await page.getByRole("alertdialog").getByRole("button").last().click();
  await expect(page.getByTestId("paper-stands")).toBeVisible(SLOW);
  const id = new URL(page.url()).searchParams.get("paper") ?? "";
  const { card } = await call<{ card: { number: string; date: string } }>(page, "paper.get", { id });
  return { id, number: card.number, date: card.date };
}

/** 直接送达 on the day of the paper. */
export async function serveDirectly(page: Page, paper: Paper): Promise<void> {
  await choose(page, "serve-mode", "直接送达");
  await fill(page, "serve-on", paper.date);
  await fill(page, "serve-place", "9号402室");
  await fill(page, "serve-receiver", "欧阳小明");
  await choose(page, "serve-relation", "本人");
  await page.getByTestId("serve-save").click();
  await expect(page.getByTestId("paper-due")).toBeVisible(SLOW);
}
