// sharp with the colour profile kept as it is, the small one made from the large one.
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, extname, join, resolve } from 'node:path';

const sharp = createRequire(resolve('target/bench/package.json'))('sharp');
sharp.concurrency(1);
sharp.cache(false);
const [out, repeats, ...files] = process.argv.slice(2);

async function job(file) {
  const name = (px) => join(out, `${basename(file, extname(file))}.${px}.jpg`);
  const made = (input, px) =>
    sharp(input, { failOn: 'none' })
      .autoOrient()
      .resize(px, px, { fit: 'inside', withoutEnlargement: true })
      .keepIccProfile()
      .jpeg({ quality: 80 });
  const large = await made(file, 1600).toBuffer();
  await writeFile(name(1600), large);
  await made(large, 320).toFile(name(320));
}

for (const file of files) await job(file);
const before = process.cpuUsage();
for (let i = 0; i < Number(repeats); i++) for (const file of files) await job(file);
const used = process.cpuUsage(before);
const each = (used.user + used.system) / 1e3 / (Number(repeats) * files.length);
console.log(`${each.toFixed(2)} ${Math.round(process.resourceUsage().maxRSS / 1024)}`);
