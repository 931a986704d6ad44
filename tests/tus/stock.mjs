// tus-js-client as it comes, against a server: a photo in pieces, cut off within one, resumed by a second client,
// looked at, and sent again by one that does not know. Anything unexpected ends it with words and code 1.
//
// node tests/tus/stock.mjs ENDPOINT HEADERS FILE [--piece BYTES] [--override]
// ENDPOINT: where uploads are created, without TLS. HEADERS: JSON {"name": "text"} for every request; under "POST",
// "HEAD" and "PATCH" an object of those for that method alone. --override: PATCH goes as POST with
// X-HTTP-Method-Override.
// script/bench.sync/install installs the client.
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

import { installed } from '../../script/bench.sync/installed.mjs';
import { link } from '../../script/bench.sync/link.mjs';

const tus = await installed('tus-js-client');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { piece: { type: 'string' }, override: { type: 'boolean', default: false } },
});
const [endpoint, headers, file] = positionals;
if (!file) {
  console.error('usage: stock.mjs ENDPOINT HEADERS FILE [--piece BYTES] [--override]');
  process.exit(2);
}
const given = JSON.parse(headers);
const always = Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === 'string'));
const size = statSync(file).size;
const piece = Number(options.piece ?? Math.ceil(size / 4));
const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
const dir = mkdtempSync(join(tmpdir(), 'xunju-tus-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));

function expect(held, words) {
  if (!held) throw new Error(words);
}

/** One client: how it ended, and what it asked and was answered. */
function client({ to = endpoint, resume, kept, retryDelays = tus.defaultOptions.retryDelays }) {
  const seen = [];
  return new Promise((done, failed) => {
    const upload = new tus.Upload(createReadStream(file), {
      endpoint: to,
      headers: always,
      retryDelays,
      chunkSize: piece,
      overridePatchMethod: options.override,
      metadata: { sha256, filename: basename(file) },
      urlStorage: kept,
      storeFingerprintForResuming: Boolean(kept),
      onBeforeRequest(asked) {
        const method = asked.getHeader('X-HTTP-Method-Override') ?? asked.getMethod();
        for (const [name, value] of Object.entries(given[method] ?? {})) asked.setHeader(name, value);
      },
      onAfterResponse(asked, reply) {
        const method = asked.getHeader('X-HTTP-Method-Override') ?? asked.getMethod();
        const [from, to] = [asked.getHeader('Upload-Offset'), reply.getHeader('Upload-Offset')];
        seen.push({ method, status: reply.getStatus(), from: from && Number(from), to: to && Number(to) });
      },
      onError: (error) => (retryDelays ? failed(error) : done({ error, seen })),
      onSuccess: () => done({ seen }),
    });
    if (resume) upload.resumeFromPreviousUpload(resume);
    upload.start();
  });
}

async function main() {
  expect(size > 2 * piece, 'the file must be larger than two pieces');
  const { hostname: host, port, pathname } = new URL(endpoint);
  const line = await link({ host, port: Number(port), rate: 200e6, cuts: [piece + piece / 2] });
  const to = `http://127.0.0.1:${line.port}${pathname}`;
  const kept = new tus.FileUrlStorage(join(dir, 'urls.json'));

  const first = await client({ to, kept, retryDelays: null });
  const [created, patched] = first.seen;
  expect(created?.status === 201, first.error?.message ?? `creation was answered ${created?.status}`);
  expect(patched?.to === piece, first.error?.message ?? `the first piece was answered ${JSON.stringify(patched)}`);
  expect(first.error && first.seen.length === 2, 'the second piece was answered before it was cut off');

  const [stored, ...others] = await kept.findAllUploads();
  expect(stored && others.length === 0, 'the client did not keep where its upload is');
  const second = await client({ to, resume: stored, kept });
  const [looked, ...rest] = second.seen;
  expect(looked.method === 'HEAD' && looked.status === 200, `resuming was answered ${looked.status}`);
  expect(looked.to >= piece && looked.to < size, `${looked.to} bytes were kept of ${piece} and more`);
  expect(rest[0].from === looked.to, `it went on from ${rest[0].from}`);
  expect(rest.every((one) => one.method === 'PATCH' && one.status === 204), JSON.stringify(rest));
  expect(rest.at(-1).to === size, `it ended at ${rest.at(-1).to}`);

  const third = await client({ to, resume: stored });
  expect(third.seen.length === 1 && third.seen[0].to === size, `looked at when whole: ${JSON.stringify(third.seen)}`);
  line.close();

  const again = await client({});
  const steps = again.seen.map(({ method, status }) => `${method} ${status}`).join(', ');
  console.log(JSON.stringify({ client: 'tus-js-client', size, kept_of_cut: looked.to - piece, again: steps }));
}

await main().catch((error) => {
  console.error(`tus-js-client: ${error.message}`);
  process.exit(1);
});
