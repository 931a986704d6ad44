/** What a page weighs, gzipped (ui.md G2 and G3): the first load, each part loaded later, and all of it. Needs a build. */
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const manifestFile = new URL(".vite/manifest.json", dist);
if (!existsSync(manifestFile)) {
  console.error("budgets: no build in dist; run `npm run build` first");
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestFile, "utf8"));
const KB = 1000;
const LIMITS = { firstJs: 230 * KB, firstCss: 25 * KB, lazy: 60 * KB, all: 600 * KB };
const sizes = new Map();
const weigh = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length);
  return sizes.get(file);
};

/** A chunk with everything it imports at once. */
function together(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const other of manifest[key].imports ?? []) together(other, seen);
  return seen;
}

/** Everything reachable, also later: the product, without the gallery. */
function reachable(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const other of [...(manifest[key].imports ?? []), ...(manifest[key].dynamicImports ?? [])]) reachable(other, seen);
  return seen;
}

const entry = "index.html";
// What 今天 needs before it stands: the entry, the transport, the rooms, the screen itself.
const FIRST = [entry, "src/ipc/transport.http.ts", "src/app/Rooms.tsx", "src/features/today/TodayScreen.tsx"];
const first = new Set(FIRST.flatMap((key) => [...together(key)]));
const files = (keys, kind) => [...new Set([...keys].flatMap((key) => (kind === "css" ? (manifest[key].css ?? []) : [manifest[key].file])))];
const sum = (names) => names.reduce((n, file) => n + weigh(file), 0);
const show = (bytes) => `${(bytes / KB).toFixed(1)} kB`;

const firstJs = sum(files(first, "js"));
const firstCss = sum(files(first, "css"));
const later = [...reachable(entry)].filter((key) => !first.has(key));
const heaviest = later.map((key) => [manifest[key].file, weigh(manifest[key].file)]).sort((a, b) => b[1] - a[1])[0] ?? ["-", 0];
const all = sum([...files(reachable(entry), "js"), ...files(reachable(entry), "css")]);

const lines = [
  ["first load, JS", firstJs, LIMITS.firstJs],
  ["first load, CSS", firstCss, LIMITS.firstCss],
  [`heaviest later part (${heaviest[0]})`, heaviest[1], LIMITS.lazy],
  ["the whole product", all, LIMITS.all],
];
for (const [name, bytes, limit] of lines) console.log(`${bytes <= limit ? "ok  " : "OVER"} ${name}: ${show(bytes)} of ${show(limit)}`);
if (lines.some(([, bytes, limit]) => bytes > limit)) process.exit(1);
