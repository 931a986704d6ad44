/**
 * Before compiling: fills zh-Hant keys that are still missing by character conversion (mainland terms,
 * traditional glyphs) so that a new message is one edit in zh-Hans and one in en; a person reviews the draft.
 * With `--assert-compiled`: fails when the compiler wrote fewer messages than there are keys
 * (it prints success and writes none when its plugin cannot be loaded).
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { Converter } from "opencc-js/cn2t";
import { FEATURES, INTERFACE_WORDS, LEGAL_WORDS } from "./feature-names.mjs";

const root = new URL("../", import.meta.url);
const convertGlyphs = Converter({ from: "cn", to: "t" });
const asHere = (text) => INTERFACE_WORDS.reduce((now, [mainland, here]) => now.replaceAll(mainland, here), text);
const toTraditional = (text) => LEGAL_WORDS.reduce((now, legal) => now.replaceAll(asHere(legal), legal), asHere(convertGlyphs(text)));
const path = (locale, feature) => new URL(`messages/${locale}/${feature}.json`, root);
const read = (locale, feature) => JSON.parse(readFileSync(path(locale, feature), "utf8"));

function convert(value) {
  if (typeof value === "string") return toTraditional(value);
  if (Array.isArray(value)) return value.map(convert);
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === "match" || k === "0" ? convertMatch(v) : v]));
}
const convertMatch = (v) => Object.fromEntries(Object.entries(v).map(([k, text]) => [k, toTraditional(text)]));

function draft(feature) {
  const hans = read("zh-Hans", feature);
  const hant = read("zh-Hant", feature);
  const out = {};
  let added = 0;
  for (const [key, value] of Object.entries(hans)) {
    if (!(key in hant)) added++;
    out[key] = hant[key] ?? convert(value);
  }
  if (added === 0 && Object.keys(hant).every((k) => k in hans)) return;
  writeFileSync(path("zh-Hant", feature), `${JSON.stringify(out, null, 2)}\n`);
  console.log(`zh-Hant/${feature}.json: ${added} drafted`);
}

function assertCompiled() {
  const keys = FEATURES.flatMap((f) => Object.keys(read("zh-Hans", f))).length;
  const dir = new URL("src/i18n/paraglide/messages/", root);
  const written = readdirSync(dir).filter((f) => f.endsWith(".js") && f !== "_index.js").length;
  if (keys === 0 || written !== keys) {
    console.error(`i18n: ${keys} keys but ${written} compiled messages`);
    process.exit(1);
  }
}

if (process.argv.includes("--assert-compiled")) assertCompiled();
else FEATURES.forEach(draft);
