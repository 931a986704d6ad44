/**
 * Every message in three languages with the same parameters; no simplified-only character in zh-Hant;
 * every error code with its three sentences.
 */
import { readFileSync, readdirSync } from "node:fs";
import characters from "opencc-js/dict/STCharacters";
import { FEATURES, INTERFACE_WORDS, LEGAL_WORDS, LOCALES } from "./feature-names.mjs";

const root = new URL("../", import.meta.url);
const problems = [];
const read = (locale, feature) => JSON.parse(readFileSync(new URL(`messages/${locale}/${feature}.json`, root), "utf8"));
const settings = JSON.parse(readFileSync(new URL("project.inlang/settings.json", root), "utf8"));

/** Characters whose traditional form is always another one; 后, 里, 面 and their like are words of their own in both. */
const simplifiedOnly = new Set();
for (const pair of String(characters).split("|")) {
  const at = pair.indexOf(" ");
  const from = pair.slice(0, at);
  const to = pair.slice(at + 1).split(" ");
  if ([...from].length === 1 && !to.includes(from)) simplifiedOnly.add(from);
}
// 群 is what readers of both scripts write; the table gives the older 羣.
simplifiedOnly.delete("群");
if (simplifiedOnly.size < 2000 || !simplifiedOnly.has("门")) problems.push("the table of simplified characters could not be read");

const texts = (value) => (typeof value === "string" ? [value] : value.flatMap((v) => Object.values(v.match)));
const withoutLegal = (text) => LEGAL_WORDS.reduce((now, legal) => now.replaceAll(legal, ""), text);
const parameters = (value) => [...new Set(texts(value).flatMap((t) => [...t.matchAll(/\{(\w+)\}/gu)].map((found) => found[1])))].sort().join(",");

for (const feature of FEATURES) {
  if (!settings["plugin.inlang.messageFormat"].pathPattern.includes(`./messages/{locale}/${feature}.json`)) problems.push(`${feature}: not in project.inlang/settings.json`);
  const [base, ...others] = LOCALES.map((locale) => ({ locale, messages: read(locale, feature) }));
  for (const [key, value] of Object.entries(base.messages)) {
    if (!key.startsWith(`${feature}_`)) problems.push(`${feature}.json: ${key} does not begin with ${feature}_`);
    for (const { locale, messages } of others) {
      if (!(key in messages)) problems.push(`${locale}/${feature}.json: ${key} is missing`);
      else if (parameters(messages[key]) !== parameters(value)) problems.push(`${locale}/${feature}.json: ${key} has parameters (${parameters(messages[key])}), zh-Hans has (${parameters(value)})`);
    }
  }
  for (const { locale, messages } of [base, ...others]) {
    for (const [key, value] of Object.entries(messages)) {
      if (!(key in base.messages)) problems.push(`${locale}/${feature}.json: ${key} is not in zh-Hans`);
      for (const text of texts(value)) {
        if (text.trim() === "") problems.push(`${locale}/${feature}.json: ${key} is empty`);
        if (locale === "zh-Hant") for (const c of text) if (simplifiedOnly.has(c)) problems.push(`zh-Hant/${feature}.json: ${key} has the simplified ${c}`);
        if (locale === "zh-Hant") for (const [mainland, here] of INTERFACE_WORDS) if (withoutLegal(text).includes(mainland)) problems.push(`zh-Hant/${feature}.json: ${key} says ${mainland}, here it is ${here}`);
        if (locale === "en" && /\p{Script=Han}/u.test(text)) problems.push(`en/${feature}.json: ${key} has Chinese in it`);
      }
    }
  }
}

for (const folder of readdirSync(new URL("messages/", root))) if (!LOCALES.includes(folder)) problems.push(`messages/${folder} is no language of ours`);

const codes = /export type ErrorCode = ([^;]+);/u.exec(readFileSync(new URL("src/ipc/api.gen.ts", root), "utf8"))?.[1]?.match(/"(\w+)"/gu)?.map((c) => c.slice(1, -1)) ?? [];
if (codes.length === 0) problems.push("no error codes found in api.gen.ts");
const errors = read("zh-Hans", "error");
for (const code of codes) for (const part of ["what", "safe", "next"]) if (!(`error_${code}_${part}` in errors)) problems.push(`error code ${code} has no words for: ${part}`);

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
const count = FEATURES.reduce((n, f) => n + Object.keys(read("zh-Hans", f)).length, 0);
console.log(`messages: ${count} keys in ${LOCALES.length} languages, ${codes.length} error codes worded`);
