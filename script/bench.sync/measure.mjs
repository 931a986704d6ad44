// A peer's server as a process of its own: started, watched, stopped; and one measurement as one line.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const TICKS_PER_SECOND = 100;

export const dir = mkdtempSync(join(tmpdir(), 'xunju-peer-'));
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

export class Server {
  /** A program of this folder that says {"listening": …} when it is ready and ends when its standard input does. */
  static async start(file, ...args) {
    const path = fileURLToPath(new URL(file, import.meta.url));
    const child = spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.add(child);
    const gone = new Promise((done) => child.once('exit', done));
    gone.then(() => children.delete(child));
    const said = new Promise((done) => createInterface({ input: child.stdout }).once('line', done));
    const line = await Promise.race([said, gone.then(() => null)]);
    if (line === null) throw new Error(`${file} ended before it listened`);
    return Object.assign(new Server(), { child, gone, url: JSON.parse(line).listening });
  }

  async stop() {
    this.child.stdin.end();
    const late = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.gone;
    clearTimeout(late);
  }

  /** Processor seconds of all its threads so far. */
  cpu() {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'ascii');
    const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13);
    return (Number(user) + Number(system)) / TICKS_PER_SECOND;
  }

  /** Most memory since `forget`, MB. */
  peak() {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${this.child.pid}/status`, 'ascii'))[1]) / 1024;
  }

  forget() {
    writeFileSync(`/proc/${this.child.pid}/clear_refs`, '5');
  }
}

/** Kept connections that know what went through them, both ways. */
export class Wire extends http.Agent {
  #sockets = [];

  constructor(sockets) {
    super({ keepAlive: true, maxSockets: sockets });
  }

  createConnection(options, connected) {
    const socket = super.createConnection(options, connected);
    this.#sockets.push(socket);
    return socket;
  }

  bytes() {
    return this.#sockets.reduce((sum, socket) => sum + socket.bytesRead + socket.bytesWritten, 0);
  }
}

/** One request; its body when it was answered with 2xx. */
export function ask(agent, method, url, { body, headers = {} } = {}) {
  return new Promise((done, failed) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const asked = http.request(url, { agent, method, headers: { ...headers, ...length } }, (reply) => {
      const pieces = [];
      reply.on('data', (piece) => pieces.push(piece));
      reply.on('error', failed);
      reply.on('end', () => {
        const sent = Buffer.concat(pieces);
        const all = reply.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
        if (reply.statusCode >= 200 && reply.statusCode < 300) done(all);
        else failed(new Error(`${method} ${url}: ${reply.statusCode} ${all.subarray(0, 200)}`));
      });
    });
    asked.on('error', failed);
    asked.end(body);
  });
}

export const json = { 'content-type': 'application/json' };

/** The time of one thing, noted in a list. */
export async function timed(times, act) {
  const begun = performance.now();
  const made = await act();
  times.push(performance.now() - begun);
  return made;
}

function at(sorted, share) {
  if (sorted.length === 0) return null;
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))], 2);
}

export const round = (value, digits) => Number(value.toFixed(digits));

/** Measures `work`, which returns how long each of its steps took, ms, and prints the line. */
export async function measure({ peer, workload, n, server, bytes, more = () => ({}) }, work) {
  server.forget();
  const [cpu, sent, begun] = [server.cpu(), bytes(), performance.now()];
  const times = await work();
  const seconds = round((performance.now() - begun) / 1000, 3);
  times.sort((a, b) => a - b);
  console.log(
    JSON.stringify({
      peer,
      workload,
      n,
      seconds,
      cpu_seconds: round(server.cpu() - cpu, 2),
      rss_mb: Math.round(server.peak()),
      bytes_on_wire: bytes() - sent,
      p50_ms: at(times, 0.5),
      p99_ms: at(times, 0.99),
      ...more(),
    }),
  );
}
