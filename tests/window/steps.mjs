/** One line and one numbered screenshot for each step of a run. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { root, shots } from "./places.mjs";

export class Steps {
  #number = 0;
  #names = [];

  /** `prefix` keeps two runs' pictures apart; what a former run of that name left is removed. */
  constructor(prefix) {
    this.prefix = prefix;
    mkdirSync(shots, { recursive: true });
    for (const name of readdirSync(shots)) if (name.startsWith(`${prefix}-`) && name.endsWith(".png")) rmSync(join(shots, name));
  }

  get passed() {
    return this.#names.length;
  }

  /** Does `act`, then takes a picture of `page`, if one is given. */
  async step(words, page, act) {
    this.#number += 1;
    const number = String(this.#number).padStart(2, "0");
    const begun = Date.now();
    const picture = (end) => join(shots, `${this.prefix}-${number}${end}.png`);
    let answer;
    try {
      answer = await act();
    } catch (error) {
      await page?.screenshot(picture("-failed")).catch(() => {});
      console.log(`${number} FAILED ${words} (${Date.now() - begun} ms)`);
      throw error;
    }
    let shown = "";
    if (page) {
      await page.screenshot(picture(""));
      shown = ` ${relative(root, picture(""))}`;
    }
    this.#names.push(words);
    console.log(`${number} ok ${words} (${Date.now() - begun} ms)${shown}`);
    return answer;
  }
}
