// A narrow line: a TCP relay with a rate, a short queue, and cuts. What is put on the line waits in the queue and leaves
// it at the rate; a cut resets every connection and what waits is lost. What stands before the queue, in the kernel's
// buffers too, is still the sender's and is not counted.
// Alone: node link.mjs --to 127.0.0.1:PORT [--rate 256000] [--queue 16384] [--cuts 20 --bytes 5000000 | --at 100,200]
// prints where it listens; when its standard input ends, what it carried.
import { realpathSync } from 'node:fs';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { SEED, lcg } from './data.mjs';

const PACKET_BYTES = 1460;

/** Where cuts fall among so many bytes: one in each equal part, anywhere within it. */
export function places(cuts, bytes) {
  const next = lcg(SEED);
  return Array.from({ length: cuts }, (_, k) => Math.floor(((k + next() / 2 ** 32) * bytes) / cuts));
}

/** One direction of the line: packets leave it in the order they came. */
class Lane {
  put = 0; // bytes put on the line
  out = 0; // bytes that left it
  #packets = [];
  #free = 0; // when the line is free again, ms
  #timer = null;

  constructor(rate) {
    this.rate = rate;
  }

  /** Puts bytes on the line; `leave` is called when they leave it. */
  add(bytes, leave) {
    this.put += bytes;
    this.#free = Math.max(this.#free, performance.now()) + (bytes * 8000) / this.rate;
    this.#packets.push({ bytes, leave, due: this.#free });
    this.#next();
  }

  /** Loses what is on the line. */
  clear() {
    this.#packets = [];
    this.#free = 0;
  }

  #next() {
    if (this.#timer !== null || this.#packets.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      while (this.#packets.length > 0 && this.#packets[0].due <= performance.now()) {
        const { bytes, leave } = this.#packets.shift();
        this.out += bytes;
        leave();
      }
      this.#next();
    }, this.#packets[0].due - performance.now());
  }
}

/** Carries one direction of one connection. */
function carry(from, to, lane, queue, arrived) {
  const behind = []; // read, but not on the line yet: the sender's
  let waiting = 0; // on the line
  let ended = false;
  const fill = () => {
    while (behind.length > 0 && waiting < queue) put(behind.shift());
    if (behind.length > 0) from.pause();
    else from.resume();
    if (ended && waiting === 0) to.end();
  };
  const put = (packet) => {
    waiting += packet.length;
    lane.add(packet.length, () => {
      if (to.destroyed) return;
      waiting -= packet.length;
      to.write(packet);
      arrived();
      if (!to.destroyed) fill();
    });
  };
  from.on('data', (piece) => {
    for (let at = 0; at < piece.length; at += PACKET_BYTES) behind.push(piece.subarray(at, at + PACKET_BYTES));
    fill();
  });
  from.on('end', () => {
    ended = true;
    fill();
  });
  from.on('error', () => to.destroy());
  from.on('close', () => ended || to.destroy());
}

/** `rate` in bits a second each way; `cuts` as numbers of bytes carried up at which the line breaks. */
export async function link({ host, port, rate, cuts = [], queue = 16 * 1024 }) {
  const [up, down] = [new Lane(rate), new Lane(rate)];
  const left = [...cuts].sort((a, b) => a - b);
  const open = new Set();
  let made = 0;
  const look = () => {
    if (left.length === 0 || up.out < left[0]) return;
    left.shift();
    made += 1;
    for (const socket of open) socket.resetAndDestroy();
    open.clear();
    up.clear();
    down.clear();
  };
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = net.connect({ host, port, allowHalfOpen: true, noDelay: true });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    carry(near, far, up, queue, look);
    carry(far, near, down, queue, () => {});
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: server.address().port,
    carried: () => ({ up_put: up.put, up_out: up.out, down_put: down.put, down_out: down.out, cuts: made }),
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values: asked } = parseArgs({
    options: {
      to: { type: 'string' },
      rate: { type: 'string', default: '256000' },
      cuts: { type: 'string', default: '0' },
      bytes: { type: 'string', default: '5000000' },
      at: { type: 'string' },
      queue: { type: 'string', default: '16384' },
    },
  });
  const [host, port] = asked.to.split(':');
  const cuts = asked.at ? asked.at.split(',').map(Number) : places(Number(asked.cuts), Number(asked.bytes));
  const line = await link({ host, port: Number(port), rate: Number(asked.rate), cuts, queue: Number(asked.queue) });
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${line.port}` }));
  process.stdin.resume().on('end', () => {
    console.log(JSON.stringify(line.carried()));
    process.exit(0);
  });
}
