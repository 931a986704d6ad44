/** A real town server over a generated sample town, for one run. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const PASSWORD = "a-long-sample-password-1";
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NAMED = process.env.XUNJU_SERVER;
const BINARY = NAMED ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/xunju-server");
/** The command line built beside it. */
export const XUNJUCTL = join(dirname(BINARY), "xunjuctl");

/** A role, or a role with an enforcement certificate: `NO:FROM:TO`. */
export type Post = string | { role: string; certificate: string };

export class Town {
  readonly data = join(mkdtempSync(join(tmpdir(), "xunju-e2e-")), "town");
  url = "";
  #server: ChildProcess | undefined;

  static async open(users: Record<string, Post>): Promise<Town> {
    // Nothing to do when it is current; a named one is taken as it is.
    if (NAMED === undefined) execFileSync("cargo", ["build", "--quiet", "--locked", "--package", "xunju-server"], { cwd: ROOT, stdio: "inherit" });
    if (!existsSync(BINARY)) throw new Error(`no town server at ${BINARY}: build it, or name it in XUNJU_SERVER`);
    const town = new Town();
    execFileSync(BINARY, ["demo-town", "--data", town.data, "--size", "S", "--seed", "1"], { stdio: ["ignore", "ignore", "inherit"] });
    for (const [user, post] of Object.entries(users)) {
      const { role, certificate } = typeof post === "string" ? { role: post, certificate: undefined } : post;
      const holds = certificate === undefined ? [] : ["--certificate", certificate];
      execFileSync(BINARY, ["user", "add", "--data", town.data, "--user", user, "--role", role, ...holds, "--password-stdin"], { input: `${PASSWORD}\n`, stdio: ["pipe", "ignore", "inherit"] });
    }
    await town.start();
    return town;
  }

  /** On a free port the first time, on the same one again after a stop; with its clock so many days ahead. */
  async start({ daysAhead = 0 } = {}): Promise<void> {
    const address = this.url === "" ? "127.0.0.1:0" : new URL(this.url).host;
    const env = { ...process.env, XUNJU_DAYS_AHEAD: String(daysAhead) };
    const server = spawn(BINARY, ["--data", this.data, "--listen", address], { stdio: ["ignore", "pipe", "inherit"], env });
    this.#server = server;
    this.url = await new Promise<string>((found, failed) => {
      let said = "";
      server.stdout.on("data", (part: Buffer) => {
        said += part.toString();
        const address = /"listening":"([^"]+)"/u.exec(said)?.[1];
        if (address) found(address);
      });
      server.on("exit", (code) => failed(new Error(`the town server ended with ${code}: ${said}`)));
    });
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (!server || server.exitCode !== null) return;
    const gone = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await gone;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(join(this.data, ".."), { recursive: true, force: true });
  }
}
