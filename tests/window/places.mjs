/** Where the built programs lie, and where pictures of a run go. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const built = (name) => join(target, process.env.XUNJU_PROFILE ?? "debug", name);

export const programs = { window: built("xunju"), server: built("xunju-server"), ctl: built("xunjuctl") };
export const shots = process.env.XUNJU_SHOTS ?? join(root, "target/run");

/** Photos of real cameras where they lie beside the project; else none. */
export function cameraPhotos() {
  const folder = join(process.env.XUNJU_SHARED ?? join(root, "../shared"), "data/photos");
  return existsSync(join(folder, "manifest.tsv")) ? folder : null;
}
