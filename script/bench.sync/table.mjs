// The lines of one run as a table, and what was to be reached. Argument: the file of JSON lines.
import { readFileSync } from 'node:fs';

const lines = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const OURS = 'xunju, SQLite';
const shown = (value, digits = 0) => (value === null || value === undefined ? '' : value.toFixed(digits));

console.log('\n| peer | workload | n | s | n/s | CPU s | peak MB | MB on the wire | p50 ms | p99 ms |');
console.log('|---|---|---:|---:|---:|---:|---:|---:|---:|---:|');
for (const l of lines) {
  const wire = l.bytes_on_wire === undefined ? '' : shown(l.bytes_on_wire / 1e6, 1);
  console.log(
    `| ${l.peer} | ${l.workload} | ${l.n} | ${shown(l.seconds, 2)} | ${shown(l.n / l.seconds)} | ${shown(l.cpu_seconds, 2)} | ${shown(l.rss_mb)} | ${wire} | ${shown(l.p50_ms, 1)} | ${shown(l.p99_ms, 1)} |`,
  );
}

const rate = (peer, workload) => {
  const found = lines.filter((l) => l.peer.startsWith(peer) && l.workload.startsWith(workload));
  return found.length === 0 ? null : Math.max(...found.map((l) => l.n / l.seconds));
};
const goals = [
  ['push in batches of 200 x PouchDB in bulk, fsync', 2, rate(OURS, 'W1 push, batch 200'), rate('express-pouchdb 4.2.0, fsync', 'W1 push, batch 200')],
  ['single pushes x its single PUT, fsync', 5, rate(OURS, 'W1 push, batch 1'), rate('express-pouchdb 4.2.0, fsync', 'W1 push, batch 1')],
  ['pull x its _changes', 5, rate(OURS, 'W2 pull'), rate('express-pouchdb 4.2.0', 'W2 pull')],
  ['photos x a plain fsynced copy over HTTP', 0.8, rate(OURS, 'photos of 5 MB'), rate('plain HTTP', 'photos of 5 MB')],
  ['photos a second, over 20', 1, rate(OURS, 'photos of 5 MB'), 20],
  ['push at 1000000 x at 10000', 1 / 1.3, rate(OURS, 'push at 1000000'), rate(OURS, 'push at 10000,')],
];
console.log('\n| goal | wanted | reached | |\n|---|---:|---:|---|');
for (const [words, wanted, ours, theirs] of goals) {
  if (ours === null || theirs === null) continue;
  const reached = ours / theirs;
  console.log(`| ${words} | ${wanted.toFixed(2)} | ${reached.toFixed(2)} | ${reached >= wanted ? 'reached' : 'missed'} |`);
}
for (const l of lines.filter((l) => l.sent_again_percent !== undefined)) {
  console.log(`| sent again, ${l.peer}, ${l.workload}, percent at most | 2.00 | ${l.sent_again_percent.toFixed(2)} | ${l.sent_again_percent <= 2 ? 'reached' : 'missed'} |`);
}
