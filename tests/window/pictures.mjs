/** Photos to record a case with: of real cameras where there are any, else drawn ones. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cameraPhotos, root } from "./places.mjs";
import { run } from "./processes.mjs";

/** Paths of `count` JPEG files, and where they are from. */
export async function pictures(folder, count) {
  const camera = cameraPhotos();
  if (camera) {
    const all = readdirSync(camera).filter((name) => /\.jpe?g$/iu.test(name)).sort();
    const first = ["11", "23", "10", "16", "30"].map((number) => all.find((name) => name.startsWith(`${number}_`)));
    const names = [...first, ...all.filter((name) => !first.includes(name))];
    return { from: "real cameras", paths: names.slice(0, count).map((name) => join(camera, name)) };
  }
  mkdirSync(folder, { recursive: true });
  const drawn = () => readdirSync(folder).filter((name) => name.endsWith(".jpg")).sort();
  if (!existsSync(folder) || drawn().length < count) {
    await run("cargo", ["run", "--quiet", "--locked", "--package", "xunju-photos", "--example", "scenes", "--", folder], { cwd: root });
  }
  return { from: "drawn samples (no photos of real cameras here)", paths: drawn().slice(0, count).map((name) => join(folder, name)) };
}
