/** The main job through the real window and the real server's page. */
import { after, test } from "node:test";
import { mainJob } from "./flow.mjs";
import { join } from "node:path";
import { shots } from "./places.mjs";
import { stopAll } from "./processes.mjs";

after(stopAll);

test("recorded offline in the window, reviewed in a browser, answered, opened", { timeout: 600000 }, async () => {
  await mainJob({ prefix: "test", folder: join(shots, "home-test") });
});
