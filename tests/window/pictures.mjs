/** Three photos to record a case with: of real cameras where there are any, else drawn ones. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cameraPhotos, root } from "./places.mjs";
import { run } from "./processes.mjs";

/** Paths of `count` JPEG files, and where they are from. */
export async function pictures(folder, count) {
  const camera = cameraPhotos();
  if (camera) {
    const names = readdirSync(camera).filter((name) => /^(03|04|10|25|26|27|28|12)_.*\.jpe?g$/i.test(name)).sort();
    return { from: "real cameras", paths: names.slice(0, count).map((name) => join(camera, name)) };
  }
  mkdirSync(folder, { recursive: true });
  const drawn = () => readdirSync(folder).filter((name) => name.endsWith(".jpg")).sort();
  if (!existsSync(folder) || drawn().length < count) {
    await run("cargo", ["run", "--quiet", "--locked", "--package", "xunju-photos", "--example", "scenes", "--", folder], { cwd: root });
  }
  return { from: "drawn samples (no photos of real cameras here)", paths: drawn().slice(0, count).map((name) => join(folder, name)) };
}
