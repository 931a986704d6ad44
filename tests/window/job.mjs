/** Drives the main job once, for a person without a display: `node tests/window/job.mjs`. */
import { mainJob } from "./flow.mjs";
import { stopAll } from "./processes.mjs";

try {
  const steps = await mainJob();
  console.log(`${steps} passed, 0 failed`);
} catch (error) {
  console.error(error);
  console.log("1 failed");
  process.exitCode = 1;
} finally {
  await stopAll();
}
