// PouchDB behind express-pouchdb. W1: 20 devices at once push 250 records each, in batches; W2: all is pulled through
// `_changes` in pages. The other end is bare HTTP: PouchDB's own client would only be slower.
// Arguments: --batches 1,20,200 --pull 5000,100000 --page 1000
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { DEVICES, EACH, record } from './data.mjs';
import { Server, Wire, ask, dir, json, measure, timed } from './measure.mjs';

const { values: asked } = parseArgs({
  options: {
    batches: { type: 'string', default: '1,20,200' },
    pull: { type: 'string', default: '5000,100000' },
    page: { type: 'string', default: '1000' },
  },
});
const numbers = (list) => list.split(',').filter(Boolean).map(Number);
const NAME = 'express-pouchdb 4.2.0';

function range(from, count) {
  return Array.from({ length: count }, (_, i) => record(from + i));
}

/** One record is a PUT, more are a `_bulk_docs`: what a PouchDB would send. */
async function send(agent, db, records) {
  if (records.length === 1) {
    await ask(agent, 'PUT', `${db}/${records[0]._id}`, { body: JSON.stringify(records[0]), headers: json });
    return;
  }
  const body = JSON.stringify({ docs: records });
  const said = JSON.parse(await ask(agent, 'POST', `${db}/_bulk_docs`, { body, headers: json }));
  if (said.length !== records.length || said.some((one) => !one.ok)) throw new Error('a record was refused');
}

async function push(server, peer, batch) {
  const agent = new Wire(DEVICES);
  const db = `${server.url}/push-${batch}`;
  await ask(agent, 'PUT', db);
  const queues = Array.from({ length: DEVICES }, (_, device) => range(device * EACH, EACH));
  const times = [];
  const device = async (queue) => {
    for (let at = 0; at < queue.length; at += batch) {
      await timed(times, () => send(agent, db, queue.slice(at, at + batch)));
    }
  };
  const what = { peer, workload: `W1 push, batch ${batch}`, n: DEVICES * EACH, server, bytes: () => agent.bytes() };
  await measure(what, async () => {
    await Promise.all(queues.map(device));
    return times;
  });
  const { doc_count: count } = JSON.parse(await ask(agent, 'GET', db));
  if (count !== DEVICES * EACH) throw new Error(`${count} records arrived`);
  agent.destroy();
}

async function pull(server, peer, n, gzip) {
  const agent = new Wire(1);
  const db = `${server.url}/pull-${n}`;
  const headers = gzip ? { 'accept-encoding': 'gzip' } : {};
  const workload = `W2 pull, pages of ${asked.page}${gzip ? ', gzip' : ''}`;
  await measure({ peer, workload, n, server, bytes: () => agent.bytes() }, async () => {
    const times = [];
    let [seen, since] = [0, 0];
    for (;;) {
      const url = `${db}/_changes?include_docs=true&limit=${asked.page}&since=${since}`;
      const page = await timed(times, async () => JSON.parse(await ask(agent, 'GET', url, { headers })));
      if (page.results.length === 0) break;
      seen += page.results.filter((change) => change.doc.text).length;
      since = page.last_seq;
    }
    if (seen !== n) throw new Error(`${seen} of ${n} records came`);
    return times;
  });
  agent.destroy();
}

async function fill(server, n) {
  const agent = new Wire(1);
  await ask(agent, 'PUT', `${server.url}/pull-${n}`);
  for (let at = 0; at < n; at += 1000) await send(agent, `${server.url}/pull-${n}`, range(at, Math.min(1000, n - at)));
  agent.destroy();
}

for (const fsync of ['fsync', 'as it is']) {
  const folder = join(dir, fsync);
  mkdirSync(folder);
  const server = await Server.start('pouch_server.mjs', folder, fsync);
  for (const batch of numbers(asked.batches)) await push(server, `${NAME}, ${fsync}`, batch);
  await server.stop();
}
const folder = join(dir, 'pull');
mkdirSync(folder);
const server = await Server.start('pouch_server.mjs', folder);
for (const n of numbers(asked.pull)) {
  await fill(server, n);
  for (const gzip of [false, true]) await pull(server, NAME, n, gzip);
}
await server.stop();
