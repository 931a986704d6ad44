/** Made-up answers for the gallery and for unit tests. The product never loads this file. */
import type { AppStateView } from "./api.gen";
import { type Args, type Change, type CommandName, type Out, type Transport, failure } from "./transport";

export type Answers = { [K in CommandName]?: (args: Args<K>) => Out<K> };

export const FIXTURE_STATE: AppStateView = {
  phase: "ready",
  host: "desktop",
  version: "0.1.0",
  town: "新城镇",
  server_url: "https://xunju.example",
  user: { id: "u-zhang", name: "张建国", roles: ["R-INS"] },
  device: { id: "laptop-07", name: "巡查 07 号" },
  key_protection: "os_key_store",
  prefs: { language: "zh-Hans", theme: "light", text_scale: 100, letter_keys: true },
};

export type FixtureTransport = Transport & { change(change: Change): void; calls: Array<[CommandName, unknown]> };

export function fixtureTransport(answers: Answers, state: AppStateView = FIXTURE_STATE, photoUrl: (hash: string) => string = (hash) => `/photo/${hash}`): FixtureTransport {
  const listeners = new Set<(change: Change) => void>();
  const calls: Array<[CommandName, unknown]> = [];
  let now = state;
  const become = (phase: AppStateView["phase"]) => {
    now = { ...now, phase };
    return Promise.resolve(now);
  };
  return {
    calls,
    call: <K extends CommandName>(name: K, args: Args<K>): Promise<Out<K>> => {
      calls.push([name, args]);
      if (name === "prefs.set") now = { ...now, prefs: args as AppStateView["prefs"] };
      const answer = answers[name] as ((args: Args<K>) => Out<K>) | undefined;
      if (answer) return Promise.resolve().then(() => answer(args));
      return name === "prefs.set" ? Promise.resolve(args as unknown as Out<K>) : Promise.reject(failure("not_found", { command: name }));
    },
    state: () => Promise.resolve(now),
    enrol: () => become("ready"),
    unlock: () => become("ready"),
    login: () => become("ready"),
    setUp: () => become("signed_out"),
    logout: () => become("signed_out"),
    importPhoto: () => Promise.reject(failure("photo_unsupported")),
    uploadLedger: (file, name) => Promise.resolve({ file: "f1", name, bytes: file.size }),
    openPaper: () => Promise.resolve(),
    photoUrl,
    onChange(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    onRefusal: () => () => {},
    change(change) {
      for (const tell of listeners) tell(change);
    },
  };
}
