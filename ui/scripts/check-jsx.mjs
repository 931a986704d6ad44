/**
 * No words in the code: neither in JSX nor, in Chinese, in any string. Also what the content policy and the
 * layout of the house forbid: string styles, raw HTML, the desktop's own modules outside src/ipc.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "rolldown/parseAst";

const src = fileURLToPath(new URL("../src/", import.meta.url));
const EXEMPT = /(?:\.demo\.tsx|\.test\.tsx?|fixture\.ts|\.gen\.ts|gallery\/|paraglide\/)/u;
/** Languages by their own names are words that are never translated. */
const OWN_WORDS = new Set(["i18n/index.ts"]);
const WORDED = new Set(["label", "title", "aria-label", "placeholder", "hint", "alt", "verb", "description", "message"]);
const hasWords = (text) => /[\p{L}]/u.test(text);
const hasHan = (text) => /\p{Script=Han}/u.test(text);
const problems = [];

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile() && /\.tsx?$/u.test(f.name))
  .map((f) => join(f.parentPath ?? f.path, f.name))
  .map((path) => relative(src, path).replaceAll("\\", "/"));

for (const file of files) {
  const text = readFileSync(join(src, file), "utf8");
  if (!file.startsWith("ipc/") && /from "@tauri-apps\//u.test(text)) problems.push(`${file}: only src/ipc speaks to the desktop`);
  if (/dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|\beval\(|new Function\(/u.test(text)) problems.push(`${file}: raw HTML or code from text`);
  if (/setAttribute\(\s*["']style["']/u.test(text)) problems.push(`${file}: a style as text`);
  if (!file.startsWith("kit/") && !["app/Palette.tsx", "app/Root.tsx"].includes(file) && !file.startsWith("form/") && /from "react-aria-components"/u.test(text)) problems.push(`${file}: components come from the kit`);
  if (EXEMPT.test(file)) continue;
  const lineOf = (at) => text.slice(0, at).split("\n").length;
  walk(parseAst(text, { lang: file.endsWith("x") ? "tsx" : "ts" }), (node, parent) => {
    const where = `${file}:${lineOf(node.start)}`;
    if (node.type === "JSXText" && hasWords(node.value)) problems.push(`${where}: words in JSX: ${node.value.trim()}`);
    if (node.type === "JSXAttribute" && WORDED.has(attributeName(node)) && node.value?.type === "Literal" && hasWords(String(node.value.value))) problems.push(`${where}: words in ${attributeName(node)}`);
    if (node.type === "JSXAttribute" && attributeName(node) === "style" && node.value?.type === "Literal") problems.push(`${where}: a style as text`);
    if (node.type === "Literal" && typeof node.value === "string" && parent?.type === "JSXExpressionContainer" && hasWords(node.value)) problems.push(`${where}: words in JSX: ${node.value}`);
    if (OWN_WORDS.has(file)) return;
    if (node.type === "Literal" && typeof node.value === "string" && hasHan(node.value)) problems.push(`${where}: Chinese in code: ${node.value}`);
    if (node.type === "TemplateElement" && hasHan(node.value.raw)) problems.push(`${where}: Chinese in code: ${node.value.raw}`);
  });
}

function attributeName(node) {
  return node.name.type === "JSXIdentifier" ? node.name.name : `${node.name.namespace.name}:${node.name.name.name}`;
}

function walk(node, visit, parent = null) {
  if (typeof node?.type !== "string") return;
  visit(node, parent);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const child of value) walk(child, visit, node);
    else if (value && typeof value === "object") walk(value, visit, node);
  }
}

for (const page of ["index.html", "gallery.html"]) {
  const html = readFileSync(new URL(`../${page}`, import.meta.url), "utf8");
  if (/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/u.test(html)) problems.push(`${page}: inline script or style`);
  if (!html.includes('id="react-aria-pressable-style"')) problems.push(`${page}: without the mark that keeps React Aria from adding a style element`);
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`code: ${files.length} files without words, raw HTML or string styles`);
