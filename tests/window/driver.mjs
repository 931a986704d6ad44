/** A small W3C WebDriver client (https://www.w3.org/TR/webdriver2/) over Node's fetch. */
import { writeFileSync } from "node:fs";
import { until } from "./processes.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
export const KEYS = { enter: "\uE007", escape: "\uE00C", tab: "\uE004", down: "\uE015", backspace: "\uE003", control: "\uE009" };

export class DriverError extends Error {
  constructor(code, message) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

async function ask(url, method, body) {
  let response;
  try {
    response = await fetch(url, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(60000),
    });
  } catch (error) {
    throw new DriverError("connection lost", `${method} ${url}: ${error.cause ?? error}`);
  }
  const { value } = await response.json();
  if (!response.ok) throw new DriverError(value?.error ?? response.status, value?.message ?? "");
  return value;
}

export class Session {
  /** Opens a session on a driver that listens at `base`. */
  static async open(base, capabilities) {
    await until(async () => (await ask(`${base}/status`, "GET")).ready !== false, 20000, `driver at ${base}`);
    const { sessionId } = await ask(`${base}/session`, "POST", { capabilities: { alwaysMatch: capabilities } });
    return new Session(`${base}/session/${sessionId}`);
  }

  constructor(url) {
    this.url = url;
    /** What a person would have clicked so far: controls, fields to type into, the way to the file picker. */
    this.clicks = 0;
  }

  get(path) {
    return ask(`${this.url}${path}`, "GET");
  }

  post(path, body = {}) {
    return ask(`${this.url}${path}`, "POST", body);
  }

  close() {
    return ask(this.url, "DELETE").catch(() => {});
  }

  goto(url) {
    return this.post("/url", { url });
  }

  /** Runs a function of the page with JSON arguments. */
  run(script, ...args) {
    return this.post("/execute/sync", { script: `return (${script}).apply(null, arguments)`, args });
  }

  /** Runs a function that returns a promise. */
  async wait(script, ...args) {
    const body = `const done = arguments[arguments.length - 1];
      Promise.resolve((${script}).apply(null, Array.from(arguments).slice(0, -1)))
        .then((ok) => done({ ok }), (e) => done({ error: typeof e === "object" ? JSON.stringify(e) : String(e) }));`;
    const answer = await this.post("/execute/async", { script: body, args });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.ok;
  }

  /** The first element that is there and seen. `what` is a CSS selector, or `text=…` for the words on a control. */
  find(what, limitMs = 20000) {
    return until(() => this.#look(what), limitMs, what);
  }

  async has(what) {
    return (await this.#look(what)) !== null;
  }

  async #look(what) {
    const found = await this.run(LOOK, what);
    return found && found[ELEMENT] ? found : null;
  }

  async click(what, limitMs) {
    return until(
      async () => {
        const element = await this.find(what, 2000);
        await this.run(INTO_VIEW, element);
        await this.post(`/element/${element[ELEMENT]}/click`);
        this.clicks += 1;
        return true;
      },
      limitMs ?? 20000,
      `click ${what}`,
    );
  }

  /** Empties a field and types into it; waits while the page is still moving. */
  async fill(what, text) {
    await until(
      async () => {
        const element = await this.find(what, 2000);
        await this.run(INTO_VIEW, element);
        await this.post(`/element/${element[ELEMENT]}/clear`);
        await this.post(`/element/${element[ELEMENT]}/value`, { text });
        return true;
      },
      20000,
      `fill ${what}`,
    );
    this.clicks += 1;
  }

  /** One key to whatever has the focus. */
  async press(key) {
    const down = { type: "keyDown", value: key };
    await this.post("/actions", { actions: [{ type: "key", id: "keys", actions: [down, { ...down, type: "keyUp" }] }] });
  }

  /** Draws with the mouse over an element, from a point to another, both in parts of its sides from 0 to 1. */
  async drag(what, from, to) {
    const element = await this.find(what);
    await this.run(INTO_VIEW, element);
    const box = await this.get(`/element/${element[ELEMENT]}/rect`);
    const scroll = await this.run("() => [window.scrollX, window.scrollY]");
    const at = ([x, y]) => ({ type: "pointerMove", duration: 50, origin: "viewport", x: Math.round(box.x - scroll[0] + x * box.width), y: Math.round(box.y - scroll[1] + y * box.height) });
    const button = { button: 0 };
    await this.post("/actions", { actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions: [at(from), { type: "pointerDown", ...button }, at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]), at(to), { type: "pointerUp", ...button }] }] });
    this.clicks += 1;
  }

  /** Whether the words stand anywhere on the page. */
  async says(words) {
    return (await this.run("() => document.body.innerText")).includes(words);
  }

  see(words, limitMs = 20000) {
    return until(() => this.says(words), limitMs, `to read ${words}`).catch(async (error) => {
      throw new Error(`${error.message}\n--- the page says ---\n${await this.run("() => document.body.innerText").catch(() => "")}`);
    });
  }

  count(selector) {
    return this.run("(what) => document.querySelectorAll(what).length", selector);
  }

  async text(what) {
    const element = await this.find(what);
    return this.get(`/element/${element[ELEMENT]}/text`);
  }

  /** Chooses files in a file field, as the system's picker would. */
  async pickFiles(selector, paths) {
    const element = await this.run("(what) => document.querySelector(what)", selector);
    await this.post(`/element/${element[ELEMENT]}/value`, { text: paths.join("\n") });
    this.clicks += 1;
  }

  async screenshot(path) {
    writeFileSync(path, Buffer.from(await this.get("/screenshot"), "base64"));
  }
}

/** WebKit's driver does not scroll a field into view that can be seen in part. */
const INTO_VIEW = `(e) => {
  const b = e.getBoundingClientRect();
  const over = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);
  if (!over || !(e.contains(over) || over.contains(e))) e.scrollIntoView({ block: "center" });
}`;

const LOOK = `(what) => {
  const seen = (e) => { const b = e.getBoundingClientRect(); const s = getComputedStyle(e); return b.width > 0 && b.height > 0 && s.visibility !== "hidden" && s.display !== "none"; };
  if (!what.startsWith("text=")) return Array.from(document.querySelectorAll(what)).find(seen) ?? null;
  const words = what.slice(5);
  const controls = Array.from(document.querySelectorAll("button, a, label, [role=button], [role=tab], [role=option], [role=radio], [role=menuitem], [role=link], summary")).filter(seen);
  const name = (e) => (e.getAttribute("aria-label") ?? "") + "\\n" + (e.innerText ?? "");
  return controls.find((e) => name(e).split("\\n").some((line) => line.trim() === words)) ?? controls.find((e) => name(e).includes(words)) ?? null;
}`;
