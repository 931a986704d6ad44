/** The life of a case through the real window of the team that handles it. */
import { after, test } from "node:test";
import { join } from "node:path";
import { life } from "./life.mjs";
import { shots } from "./places.mjs";
import { stopAll } from "./processes.mjs";

after(stopAll);

test("notice, service, print, overdue, failed re-check, more time, passed, closed", { timeout: 600000 }, async () => {
  await life({ prefix: "life", folder: join(shots, "home-life") });
});
