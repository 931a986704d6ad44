/**
 * What stands on a virtual display, as PNG. Xvfb keeps its screen in a file in X window dump format;
 * WebKit's own screenshot command was seen to wait for ever on pages that were drawn and alive.
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as zlib from "node:zlib";

/** Writes the screen kept in `file` to the PNG file `path`. */
export function shoot(file, path) {
  const dump = readFileSync(file);
  const word = (i) => dump.readUInt32BE(4 * i);
  const [headBytes, width, height, lineBytes, colours] = [word(0), word(4), word(5), word(12), word(19)];
  if (word(11) !== 32 || word(7) !== 0) throw new Error("a screen of 24 bits, least byte first, was asked for");
  const start = headBytes + 12 * colours;
  const rows = Buffer.alloc(height * (1 + 3 * width));
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    rows[to++] = 0;
    for (let from = start + y * lineBytes, end = from + 4 * width; from < end; from += 4) {
      rows[to++] = dump[from + 2];
      rows[to++] = dump[from + 1];
      rows[to++] = dump[from];
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const png = [Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", zlib.deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  writeFileSync(path, Buffer.concat(png));
}

function chunk(name, body) {
  const out = Buffer.alloc(12 + body.length);
  out.writeUInt32BE(body.length, 0);
  out.write(name, 4, "latin1");
  body.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
}

/** Node has its own from 20.15 on. */
function crc32(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes) >>> 0;
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
