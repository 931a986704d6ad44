import { defineConfig } from "@playwright/test";

/** Debian's Chromium unless another is named: nothing is downloaded. */
const executablePath = process.env.XUNJU_CHROMIUM ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: "e2e",
  // Beside the gallery's build and the pictures, which a new run must not sweep away.
  outputDir: "test-results/run",
  timeout: 180_000,
  workers: 1,
  reporter: [["list"]],
  use: { launchOptions: { executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] }, viewport: { width: 1366, height: 768 }, timezoneId: "UTC", actionTimeout: 15_000 },
  projects: [
    { name: "gallery", testMatch: ["gallery.spec.ts", "lens.spec.ts"] },
    { name: "app", testMatch: "app*.spec.ts" },
    { name: "flows", testMatch: ["calendar.spec.ts", "ledger.spec.ts", "capture.spec.ts", "review.spec.ts", "case.spec.ts", "casework.spec.ts", "life.spec.ts", "paper.spec.ts", "plan.spec.ts", "base.spec.ts", "proceeding.spec.ts", "office.spec.ts", "stamp.spec.ts", "camera.spec.ts"] },
  ],
});
