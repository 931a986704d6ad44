// What every peer of script/bench sync is given, made from one seed.
//
// LCG: x = (1664525 * x + 1013904223) mod 2^32, one step before each draw.
// Text n (780 ASCII characters): x starts at (SEED + 2654435761 * n) mod 2^32. First 192 hex digits, each x >> 28,
// which no compressor shortens, as hashes and a signature; then, until it is long enough, a space and a word of
// words.txt, line x >> 27; cut at 780.
// Photo n (5,000,000 bytes): x starts at SEED; each byte x >> 24; then the first eight are n, big-endian. A thumbnail
// is its first 20,000 bytes.
// Run alone, this prints SHA-256 of texts 0 to 999 one after another, and of photo 1; data.py prints the same:
// {"texts":"5c54251205c10e1e54e1e638a27330c05e955e7b77a86781de538d6242d264d7","photo":"0031570d478867c8f608dfa471225ca3f42d2a316d225f5467d735755ea468fd"}
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const SEED = 20261125;
export const TEXT_CHARS = 780;
export const PHOTO_BYTES = 5_000_000;
export const DEVICES = 20;
export const EACH = 250;

const WORDS = readFileSync(new URL('words.txt', import.meta.url), 'ascii').trimEnd().split('\n');

export function lcg(start) {
  let x = start >>> 0;
  return () => (x = (Math.imul(x, 1664525) + 1013904223) >>> 0);
}

export function text(n) {
  const next = lcg(SEED + Math.imul(n, 2654435761));
  let made = '';
  for (let i = 0; i < 192; i++) made += (next() >>> 28).toString(16);
  while (made.length < TEXT_CHARS) made += ` ${WORDS[next() >>> 27]}`;
  return made.slice(0, TEXT_CHARS);
}

/** As JSON about 850 bytes. */
export function record(n) {
  const device = `device-${String(Math.floor(n / EACH) % DEVICES).padStart(2, '0')}`;
  return { _id: `record-${String(n).padStart(8, '0')}`, device, n, text: text(n) };
}

let base;
export function photo(n) {
  if (!base) {
    const next = lcg(SEED);
    base = Buffer.alloc(PHOTO_BYTES);
    for (let i = 0; i < PHOTO_BYTES; i++) base[i] = next() >>> 24;
  }
  const made = Buffer.from(base);
  made.writeBigUInt64BE(BigInt(n));
  return made;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');
  const texts = Array.from({ length: 1000 }, (_, n) => text(n)).join('');
  console.log(JSON.stringify({ texts: sha(texts), photo: sha(photo(1)) }));
}
