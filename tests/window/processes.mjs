/** Programs a run starts, by pid, so that every one of them ends with it. */
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";

const started = new Map();

/** Starts a program. `say` lines go to `log`, an array the caller may print when something failed. */
export function start(command, args = [], { env = {}, cwd, input } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  const log = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => log.push(String(bytes)));
  const running = { child, log, name: command.split("/").pop(), code: undefined, error: undefined };
  running.ended = new Promise((resolve) => {
    child.on("error", (error) => {
      running.error = error;
      resolve();
    });
    child.on("close", (code, signal) => {
      running.code = code ?? signal;
      resolve();
    });
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input ?? "");
  if (child.pid) started.set(child.pid, running);
  return running;
}

/** Runs a program to its end and gives its standard output; fails unless it ends with 0. */
export async function run(command, args, options) {
  const running = start(command, args, options);
  const out = [];
  running.child.stdout.on("data", (bytes) => out.push(bytes));
  await running.ended;
  if (running.error) throw running.error;
  if (running.code !== 0) throw new Error(`${running.name} ${args.join(" ")} ended with ${running.code}: ${running.log.join("")}`);
  return Buffer.concat(out).toString();
}

/** Ends a program and all it has started: first asked, then killed. `gently: false` is a power cut. */
export async function stop(running, { gently = true } = {}) {
  const pid = running.child.pid;
  if (!pid) return;
  const family = [pid, ...descendants(pid)];
  for (const member of family) signal(member, gently ? "SIGTERM" : "SIGKILL");
  await Promise.race([running.ended, until(() => !family.some(alive), 5000).catch(() => {})]);
  for (const member of family) if (alive(member)) signal(member, "SIGKILL");
  await running.ended;
  started.delete(pid);
}

/** Ends everything that is still running, newest first. */
export async function stopAll() {
  for (const running of [...started.values()].reverse()) await stop(running);
}

process.on("exit", () => {
  for (const pid of started.keys()) for (const member of [pid, ...descendants(pid)]) signal(member, "SIGKILL");
});
for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => process.exit(130));

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

export function descendants(pid) {
  const children = new Map();
  for (const name of readdirSync("/proc").filter((n) => /^\d+$/.test(n))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // Ended meanwhile.
    }
  }
  const below = (id) => (children.get(id) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks until the answer is true; what was thrown last is the reason when it never was. */
export async function until(ask, limitMs = 20000, what = "") {
  const end = Date.now() + limitMs;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what || ask}${last ? `\n${last.message ?? last}` : ""}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
