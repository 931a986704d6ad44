/** What every screen is held to, in every language and theme. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const LANGUAGES = ["zh-Hans", "zh-Hant", "en"] as const;
export const THEMES = ["light", "dark", "sun"] as const;

/** Violations of WCAG 2.0–2.2 A and AA, and text below 7:1; empty when there are none. */
export async function axe(page: Page, include?: string): Promise<string[]> {
  // A button on its way from one colour to the next has neither: what moves comes to rest first.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity).map((a) => a.finished)));
  await page.evaluate(axeSource);
  return page.evaluate(
    async ({ tags, within }) => {
      type Result = { violations: Array<{ id: string; nodes: Array<{ target: unknown[]; failureSummary?: string }> }> };
      const run = (window as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<Result> } }).axe.run;
      const found = await run(within ? { include: [within] } : document, { runOnly: { type: "tag", values: tags }, rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } }, resultTypes: ["violations"] });
      return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${JSON.stringify(n.target)} ${n.failureSummary ?? ""}`));
    },
    { tags: TAGS, within: include },
  );
}

/** Hears violations of the content policy, errors of the page, and images or scripts that did not come. */
export function listen(page: Page): { problems: string[] } {
  const heard = { problems: [] as string[] };
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 40[0-9]/u.test(message.text())) heard.problems.push(message.text());
  });
  page.on("pageerror", (error) => heard.problems.push(`page error: ${error.message}`));
  void page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
  });
  return heard;
}

/** Sideways scroll of the page or of a part; the strip of photos under a stage is meant to scroll. */
export async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) problems.push(`page: ${root.scrollWidth} > ${root.clientWidth}`);
    for (const element of document.querySelectorAll<HTMLElement>("main, main *, header *, nav *")) {
      if (/strip/iu.test(element.className)) continue;
      const style = getComputedStyle(element);
      if (element.scrollWidth > element.clientWidth + 1 && ["auto", "scroll"].includes(style.overflowX) && element.clientWidth > 0) problems.push(`${element.tagName} ${element.className}: ${element.scrollWidth} > ${element.clientWidth}`);
    }
    return problems;
  });
}

/** Controls below `least` CSS px in either direction; links inside a line of text are left out, as WCAG does. */
export async function smallTargets(page: Page, least: number, within = "main"): Promise<string[]> {
  return page.evaluate(
    ({ least: limit, scope }) => {
      const controls = document.querySelectorAll<HTMLElement>(`${scope} :is(button, a[href], input, textarea, select, [role="radio"], [role="row"][tabindex])`);
      return [...controls].flatMap((element) => {
        const hidden = element.closest("[data-react-aria-hidden], [aria-hidden=true], .visually-hidden") !== null || element.offsetParent === null;
        const isLine = element.tagName === "A" && element.closest("p, li, span") !== null && getComputedStyle(element).display === "inline";
        const held = element.closest("label") ?? element.closest('[role="presentation"], [role="group"]');
        const box = (element.tagName === "INPUT" && held ? held : element).getBoundingClientRect();
        if (hidden || isLine || box.width === 0 || (box.height + 0.5 >= limit && box.width + 0.5 >= limit)) return [];
        return [`${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.slice(0, 30)} ${Math.round(box.width)}x${Math.round(box.height)}`];
      });
    },
    { least, scope: within },
  );
}
