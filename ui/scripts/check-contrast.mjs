/** Contrast of the tokens in the three themes, computed from src/style/tokens.css (WCAG 2.2 relative luminance). */
import { readFileSync } from "node:fs";

const css = readFileSync(new URL("../src/style/tokens.css", import.meta.url), "utf8");
const TEXT_ON = [
  ["text", "bg"], ["text", "surface"], ["text", "raised"], ["text", "hover"],
  ["text-2", "bg"], ["text-2", "surface"], ["text-2", "raised"], ["text-2", "hover"], ["text-2", "primary-soft"],
  ["text", "primary-soft"], ["text", "overdue-soft"], ["text-2", "overdue-soft"], ["text", "today-soft"], ["text", "done-soft"], ["text", "offline-soft"], ["text-2", "offline-soft"],
  ["primary", "bg"], ["primary", "surface"], ["primary", "hover"], ["primary", "primary-soft"], ["on-primary", "primary"], ["on-primary", "primary-hover"],
  ["overdue", "bg"], ["overdue", "overdue-soft"], ["today", "bg"], ["today", "today-soft"], ["done", "bg"], ["done", "done-soft"], ["offline", "bg"], ["offline", "offline-soft"],
];
const EDGE_ON = [["control", "bg"], ["control", "surface"], ["control", "raised"], ["focus", "bg"], ["focus", "surface"], ["focus", "primary-soft"]];

function theme(name) {
  const block = new RegExp(`:root\\[data-theme="${name}"\\]\\s*\\{([^}]*)\\}`, "u").exec(css)?.[1] ?? "";
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\s*;/giu)].map((m) => [m[1], m[2]]));
}

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (hi + 0.05) / (lo + 0.05);
}

const problems = [];
let least = Infinity;
for (const name of ["light", "dark", "sun"]) {
  const colours = theme(name);
  const check = (pairs, needed) => {
    for (const [fore, ground] of pairs) {
      if (!colours[fore] || !colours[ground]) {
        problems.push(`${name}: --${fore} or --${ground} is missing`);
        continue;
      }
      const found = contrast(colours[fore], colours[ground]);
      if (needed >= 7) least = Math.min(least, found);
      if (found < needed) problems.push(`${name}: --${fore} on --${ground} is ${found.toFixed(2)}, needs ${needed}`);
    }
  };
  check(TEXT_ON, name === "sun" ? 12 : 7);
  check(EDGE_ON, 3);
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`contrast: ${TEXT_ON.length * 3} pairs of text and ground, the least ${least.toFixed(1)}:1`);
