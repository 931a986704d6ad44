import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Download, type Page, expect, test } from "@playwright/test";
import { axe, listen } from "./probe";
import { SLOW, call, signIn } from "./steps";
import { Town } from "./town";

/** Types into a workbook as a person would with a spreadsheet: one text in one cell of the first sheet. */
function edit(from: string, to: string, cells: Record<string, string>): void {
  const folder = mkdtempSync(join(tmpdir(), "xunju-sheet-"));
  execFileSync("unzip", ["-q", from, "-d", folder]);
  const sheet = join(folder, "xl/worksheets/sheet1.xml");
  let xml = readFileSync(sheet, "utf8");
  for (const [cell, text] of Object.entries(cells)) {
    const now = new RegExp(`<c r="${cell}"( s="\\d+")?[^>]*?(/>|>.*?</c>)`, "u");
    if (!now.test(xml)) throw new Error(`no cell ${cell}`);
    xml = xml.replace(now, (_, looks: string | undefined) => `<c r="${cell}"${looks ?? ""} t="inlineStr"><is><t>${text}</t></is></c>`);
  }
  writeFileSync(sheet, xml);
  rmSync(to, { force: true });
  execFileSync("zip", ["-q", "-r", to, "."], { cwd: folder });
  rmSync(folder, { recursive: true });
}

async function take(page: Page, press: () => Promise<void>, folder: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  const path = join(folder, (download as Download).suggestedFilename());
  await (download as Download).saveAs(path);
  return path;
}

test("台账: out as Excel, a slip is named by its cell, the rest comes in and is taken back; personal data by a second person", async ({ browser }) => {
  const town = await Town.open({ reviewer1: "reviewer", head1: "R-HEAD" });
  const folder = mkdtempSync(join(tmpdir(), "xunju-ledger-"));
  const office = await signIn(browser, town, "reviewer1");
  const heard = listen(office);
  await office.getByRole("link", { name: "台账" }).click();
  await office.locator("#export-reason input, input#export-reason").first().fill("月度核对");
  expect(await axe(office)).toEqual([]);
  await office.screenshot({ path: "test-results/ledger-export.png", fullPage: true });
  const first = await take(office, () => office.getByRole("button", { name: "导出", exact: true }).click(), folder);
  expect(first).toMatch(/违法建筑台账-DC-\d{8}-\w+\.xlsx$/u);
  await expect(office.getByTestId("ledger-written")).toContainText("已导出");

  // Row 3 is the first of the ledger: F its room, Q whether it is new or stock.
  const edited = join(folder, "改过.xlsx");
  edit(first, edited, { Q3: "旧的" });
  await office.getByRole("tab", { name: "导入", exact: true }).click();
  const broken = join(folder, "坏.xlsx");
  writeFileSync(broken, readFileSync(first).subarray(0, 2000));
  await office.getByTestId("ledger-file").setInputFiles(broken);
  await expect(office.getByTestId("ledger-refused")).toContainText("什么也没有改动", SLOW);
  await office.getByTestId("ledger-file").setInputFiles(edited);
  await expect(office.getByTestId("ledger-problems")).toContainText("Q3", SLOW);
  await expect(office.getByTestId("ledger-problems")).toContainText("存量/新增/在建");
  await expect(office.getByRole("button", { name: "没有可以导入的内容" })).toBeDisabled();
  expect(await axe(office)).toEqual([]);
  await office.screenshot({ path: "test-results/ledger-problems.png", fullPage: true });

  // An open case of the sample town, found by its row in the file.
  const { rows } = await call<{ rows: Array<{ id: string; number: string }> }>(office, "case.page", { category: "WJ", status: ["FILED"], text: "" });
  expect(rows.length).toBeGreaterThan(0);
  await office.getByRole("tab", { name: "导出", exact: true }).click();
  await office.locator("button#export-status, #export-status button").first().click();
  await office.getByRole("option", { name: "已立案" }).click();
  await office.locator("#export-reason input, input#export-reason").first().fill("月度核对");
  const filed = await take(office, () => office.getByRole("button", { name: "导出", exact: true }).click(), folder);
  edit(filed, edited, { F3: "0699" });
  await office.getByRole("tab", { name: "导入", exact: true }).click();
  await office.getByTestId("ledger-file").setInputFiles(edited);
  await expect(office.getByTestId("ledger-changes")).toContainText("0699", SLOW);
  await expect(office.getByTestId("ledger-counts")).toContainText("修改 1");
  await office.screenshot({ path: "test-results/ledger-changes.png", fullPage: true });
  await office.getByRole("button", { name: "导入正确的 1 行" }).click();
  await expect(office.getByTestId("ledger-done")).toContainText("已导入 1 行", SLOW);
  await expect(office.getByTestId("ledger-batches")).toContainText("修改 1");
  await office.getByTestId("ledger-batches").getByRole("button", { name: "撤销导入" }).first().click();
  await office.getByRole("alertdialog").getByRole("button", { name: "撤销导入" }).click();
  await expect(office.getByTestId("ledger-undone")).toContainText("已恢复 1 条", SLOW);

  await office.getByRole("tab", { name: "含个人信息的导出" }).click();
  await office.locator("#clear-reason input, input#clear-reason").first().fill("报区里核查");
  await office.getByRole("button", { name: "申请", exact: true }).click();
  await expect(office.getByTestId("ledger-requests")).toContainText("等批准", SLOW);
  await expect(office.getByRole("button", { name: "批准", exact: true })).toHaveCount(0);
  const head = await signIn(browser, town, "head1");
  await head.goto(`${town.url}/ledgers`);
  await head.getByRole("tab", { name: "含个人信息的导出" }).click();
  await head.getByTestId("ledger-requests").getByRole("button", { name: "批准", exact: true }).click();
  await head.screenshot({ path: "test-results/ledger-approve.png", fullPage: true });
  await head.getByRole("alertdialog").getByRole("button", { name: "批准", exact: true }).click();
  await expect(head.getByTestId("ledger-requests")).toContainText("已批准", SLOW);
  const clear = await take(office, () => office.getByRole("button", { name: "导出原样" }).click(), folder);
  expect(clear).toContain("DC-");
  await expect(office.getByTestId("ledger-requests")).toContainText("已使用", SLOW);
  expect(await axe(office)).toEqual([]);
  await office.screenshot({ path: "test-results/ledger-requests.png", fullPage: true });

  for (const [language, theme] of [["zh-Hant", "dark"], ["en", "sun"]] as const) {
    await call(head, "prefs.set", { language, theme, text_scale: 100, letter_keys: true });
    await head.reload();
    await head.goto(`${town.url}/ledgers`);
    await expect(head.getByRole("tab").first()).toBeVisible(SLOW);
    expect(await axe(head)).toEqual([]);
    await head.screenshot({ path: `test-results/ledger-${theme}.png`, fullPage: true });
  }
  // A download ends the page's own fetch of it; nothing else may go wrong.
  expect(heard.problems.filter((p) => !p.includes("ERR_ABORTED") && !p.includes("422") && !p.includes("400"))).toEqual([]);
  rmSync(folder, { recursive: true });
  await town.close();
});
