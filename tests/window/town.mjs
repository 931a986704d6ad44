/** A town for one run: server on loopback, generated sample town, laptops enrolled by the command line. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { programs } from "./places.mjs";
import { freePort, run, start, stop, until } from "./processes.mjs";

export class Town {
  /** Generates a town of `size` in `folder`, which is emptied first. */
  static async generate(folder, { size = "S", seed = 1 } = {}) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const town = new Town(folder, await freePort());
    const made = await run(programs.server, ["demo-town", "--data", town.data, "--size", size, "--seed", String(seed)]);
    town.made = JSON.parse(made);
    return town;
  }

  constructor(folder, port) {
    this.folder = folder;
    this.data = join(folder, "town");
    this.address = `http://127.0.0.1:${port}`;
    this.port = port;
    // Keys of laptops lie outside their data folders; here, inside the run's.
    this.env = { XUNJU_STATE: join(folder, "keys") };
  }

  /** So many days later, for everything started from now on. */
  daysLater(days) {
    this.env.XUNJU_DAYS_AHEAD = String(days);
  }

  async up() {
    this.server = start(programs.server, ["--data", this.data, "--listen", `127.0.0.1:${this.port}`], { env: this.env });
    await until(async () => {
      if (this.server.code !== undefined || this.server.error) throw new Error(`the server ended: ${this.server.log.join("")}`);
      return (await fetch(`${this.address}/health`)).ok;
    }, 30000, "the town server").catch(async (error) => {
      await stop(this.server);
      throw error;
    });
  }

  async down({ gently = true } = {}) {
    if (this.server) await stop(this.server, { gently });
    this.server = undefined;
  }

  laptop(name) {
    return join(this.folder, name);
  }

  /** A code given out, a laptop enrolled with it, and the first exchange. */
  async enrol(name, user) {
    const said = await run(programs.server, ["enrol-code", "--data", this.data, "--user", user]);
    const code = said.trim().split(/\s+/).pop().replace(/["{}]/g, "");
    await this.ctl(name, ["enrol", "--server", this.address, "--code", code, "--device-name", name]);
    await this.ctl(name, ["sync", "--seconds", "120"]);
    return this.laptop(name);
  }

  async ctl(name, args) {
    return JSON.parse(await run(programs.ctl, ["--data", this.laptop(name), ...args], { env: this.env }));
  }

  /** The password that was drawn for a user of the sample town. */
  password(user) {
    return this.made.users.find((account) => account.user === user).password;
  }
}
