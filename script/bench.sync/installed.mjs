// What `install` in this folder has put into target/bench/sync.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../target/bench/sync/package.json', import.meta.url));

/** An installed package, of either kind of module. */
export async function installed(name) {
  const module = await import(pathToFileURL(require.resolve(name)).href);
  return module.default ?? module;
}
