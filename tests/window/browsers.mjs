/** The two ways a person sees Xunju: its own window, and a browser on the town server's page. */
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DriverError, Session } from "./driver.mjs";
import { shoot } from "./framebuffer.mjs";
import { freePort, start, stop, until } from "./processes.mjs";

export const SIZE = { width: 1366, height: 768 };

/** A display nobody looks at; or the one there is, when the run is to be watched. */
export async function display() {
  if (process.env.XUNJU_WATCH && process.env.DISPLAY) return { name: process.env.DISPLAY, close: async () => {} };
  for (let number = 90 + (process.pid % 400); ; number += 1) {
    const frames = mkdtempSync(join(tmpdir(), "xunju-display-"));
    const server = start("Xvfb", [`:${number}`, "-screen", "0", `${SIZE.width}x${SIZE.height}x24`, "-nolisten", "tcp", "-fbdir", frames]);
    const taken = () => server.log.join("").includes("already active") || server.code !== undefined || server.error;
    await until(() => existsSync(`/tmp/.X11-unix/X${number}`) || taken(), 10000, "a display");
    if (server.error) throw server.error;
    if (!taken()) return { name: `:${number}`, frames: join(frames, "Xvfb_screen0"), close: () => stop(server) };
  }
}

/**
 * The program's own window on a data folder. A session lost while opening is opened once more. `home` keeps what
 * windows leave on a machine from one to the next; a fresh one when none is named.
 */
export async function openWindow({ binary, data, on, env = {}, home = mkdtempSync(join(tmpdir(), "xunju-window-")) }) {
  try {
    return await openWindowOnce({ binary, data, on, env, home });
  } catch (error) {
    if (!(error instanceof DriverError)) throw error;
    console.log(`# the window's session was lost while opening (${error.message.split("\n")[0]}); opening once more`);
    return openWindowOnce({ binary, data, on, env, home });
  }
}

async function openWindowOnce({ binary, data, on, env, home }) {
  const port = await freePort();
  const driver = start("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env: {
      ...env,
      DISPLAY: on.name,
      XUNJU_DATA: data,
      XDG_DATA_HOME: join(home, "data"),
      XDG_CACHE_HOME: join(home, "cache"),
      XDG_CONFIG_HOME: join(home, "config"),
      TAURI_AUTOMATION: "true",
      TAURI_WEBVIEW_AUTOMATION: "true",
      GDK_BACKEND: "x11",
      NO_AT_BRIDGE: "1",
      LANG: process.env.LANG ?? "C.UTF-8",
    },
  });
  try {
    const session = await Session.open(`http://127.0.0.1:${port}`, { "webkitgtk:browserOptions": { binary, args: [] } });
    session.driver = driver;
    await session.post("/timeouts", { script: 60000 });
    return Object.assign(session, {
      ...(on.frames ? { screenshot: (path) => settled(session).then(() => shoot(on.frames, path)) } : {}),
      quit: async () => {
        await session.close();
        await stop(driver);
      },
      /** As when the battery is pulled. */
      kill: () => stop(driver, { gently: false }),
    });
  } catch (error) {
    const log = driver.log.join("");
    await stop(driver, { gently: false });
    if (log) error.message += `\n--- driver ---\n${log}`;
    throw error;
  }
}

/** Two frames later everything asked for so far has been drawn. */
function settled(session) {
  return session.wait("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
}

/** A headless browser on `url`. */
export async function openPage(url, { profile } = {}) {
  const port = await freePort();
  const folder = profile ?? mkdtempSync(join(tmpdir(), "xunju-page-"));
  mkdirSync(folder, { recursive: true });
  const driver = start("chromedriver", [`--port=${port}`]);
  try {
    const session = await Session.open(`http://127.0.0.1:${port}`, {
      browserName: "chrome",
      "goog:loggingPrefs": { browser: "ALL" },
      "goog:chromeOptions": {
        args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN", `--window-size=${SIZE.width},${SIZE.height}`, `--user-data-dir=${folder}`],
      },
    });
    session.driver = driver;
    await session.post("/goog/cdp/execute", {
      cmd: "Emulation.setDeviceMetricsOverride",
      params: { ...SIZE, deviceScaleFactor: 1, mobile: false },
    });
    await session.goto(url);
    return Object.assign(session, {
      quit: async () => {
        await session.close();
        await stop(driver);
      },
      /** What the browser complained of since the last time. */
      complaints: async () => (await session.post("/se/log", { type: "browser" })).filter((entry) => entry.level === "SEVERE").map((entry) => entry.message),
    });
  } catch (error) {
    await stop(driver, { gently: false });
    throw error;
  }
}
