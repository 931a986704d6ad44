/** Lives of cases through the real windows of those who record and handle them. */
import { after, test } from "node:test";
import { join } from "node:path";
import { evidence } from "./evidence.mjs";
import { letting } from "./letting.mjs";
import { life } from "./life.mjs";
import { shots } from "./places.mjs";
import { stopAll } from "./processes.mjs";

after(stopAll);

test("notice, service, print, overdue, failed re-check, more time, passed, closed", { timeout: 600000 }, async () => {
  await life({ prefix: "life", folder: join(shots, "home-life") });
});

test("4.99, 5.00 and 5.01 m² a person; refused by one department, given to another", { timeout: 600000 }, async () => {
  await letting({ prefix: "letting", folder: join(shots, "home-letting") });
});

test("twenty photos, before and after compared, marked, covered, bundled, one byte turned over", { timeout: 600000 }, async () => {
  await evidence({ prefix: "evidence", folder: join(shots, "home-evidence") });
});
