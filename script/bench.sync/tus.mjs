// @tus/server with its file store, and tus-js-client at the other end. Photos: so many of 5 MB, by one and by four
// senders; its answers promise nothing, for the store never syncs. W4: one photo over a narrow line that breaks 20
// times, with the client's own defaults and in pieces.
// Arguments: --photos 60 --senders 1,4 --rates 256000,4000000 --cuts 20 --pieces 0,262144 (0: the rest in one request)
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

import { PHOTO_BYTES, photo } from './data.mjs';
import { installed } from './installed.mjs';
import { link, places } from './link.mjs';
import { Server, Wire, dir, measure, round, timed } from './measure.mjs';

const { values: asked } = parseArgs({
  options: {
    photos: { type: 'string', default: '60' },
    senders: { type: 'string', default: '1,4' },
    rates: { type: 'string', default: '256000,4000000' },
    cuts: { type: 'string', default: '20' },
    pieces: { type: 'string', default: '0,262144' },
  },
});
const numbers = (list) => list.split(',').filter(Boolean).map(Number);
const NAME = '@tus/server 2.4.5';
const tus = await installed('tus-js-client');

/** Sends a file by the stock client; the name the server gave it. */
function send(url, path, { agent, ...options } = {}) {
  return new Promise((done, failed) => {
    const upload = new tus.Upload(createReadStream(path), {
      endpoint: `${url}/files`,
      httpStack: new tus.DefaultHttpStack(agent ? { agent } : {}),
      onError: failed,
      onSuccess: () => done(basename(new URL(upload.url).pathname)),
      ...options,
    });
    upload.start();
  });
}

const sha = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

const folder = join(dir, 'files');
mkdirSync(folder);
const server = await Server.start('tus_server.mjs', folder);

const n = Number(asked.photos);
const files = Array.from({ length: n }, (_, i) => join(dir, `photo-${i}`));
files.forEach((file, i) => writeFileSync(file, photo(i)));
for (const senders of numbers(asked.senders)) {
  const agent = new Wire(senders);
  const left = [...files];
  const times = [];
  const sender = async () => {
    for (let file = left.shift(); file; file = left.shift()) {
      await timed(times, () => send(server.url, file, { agent }));
    }
  };
  const what = { peer: NAME, workload: `photos of 5 MB, ${senders} at once`, n, server, bytes: () => agent.bytes() };
  await measure(what, async () => {
    await Promise.all(Array.from({ length: senders }, sender));
    return times;
  });
  agent.destroy();
}

const port = Number(new URL(server.url).port);
const one = join(dir, 'one');
writeFileSync(one, photo(0));
for (const rate of numbers(asked.rates)) {
  for (const piece of numbers(asked.pieces)) {
    const cuts = places(Number(asked.cuts), PHOTO_BYTES);
    const line = await link({ host: '127.0.0.1', port, rate, cuts });
    const said = () => {
      const { up_put: put, down_put: down, cuts: made } = line.carried();
      return { bytes: put + down, sent_again_percent: round((100 * (put - PHOTO_BYTES)) / PHOTO_BYTES, 2), cuts: made };
    };
    const pieces = piece ? `pieces of ${piece}` : 'one piece';
    const workload = `W4 5 MB at ${rate / 1000} kbit/s, ${asked.cuts} cuts, ${pieces}`;
    const more = () => ({ sent_again_percent: said().sent_again_percent, cuts: said().cuts });
    const agent = new Wire(1);
    await measure({ peer: NAME, workload, n: 1, server, bytes: () => said().bytes, more }, async () => {
      const options = piece ? { agent, chunkSize: piece } : { agent };
      const name = await send(`http://127.0.0.1:${line.port}`, one, options);
      if (sha(join(folder, name)) !== sha(one)) throw new Error('another file arrived');
      return [];
    });
    agent.destroy();
    line.close();
  }
}
await server.stop();
