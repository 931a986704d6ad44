import { type Command, currentCommands } from "../command";
import { m } from "../i18n";
import { Dialog, Kbd } from "../kit";
import { useState } from "react";
import style from "./CheatSheet.module.css";

/** `?`: every key that acts now, on one page. Drawn from the same list as the keys themselves. */
export default function CheatSheet({ onClose }: { onClose: () => void }) {
  const [groups] = useState(() => grouped(currentCommands()));
  return (
    <Dialog title={m.app_all_keys()} isOpen onClose={onClose} wide>
      <div className={style.groups}>
        {groups.map(([name, commands]) => (
          <section key={name}>
            <h3 className={style.name}>{name}</h3>
            <dl className={style.keys}>
              {commands.map((c) => (
                <div key={c.id} className={style.row}>
                  <dt>{c.label}</dt>
                  <dd>
                    <KeysSpoken keys={c.keys ?? []} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={style.note}>{m.app_keys_note()}</p>
    </Dialog>
  );
}

function KeysSpoken({ keys }: { keys: readonly string[] }) {
  return (
    <span className={style.list}>
      <span className="visually-hidden">{keys.join(", ")}</span>
      {keys.map((k) => (
        <Kbd key={k} keys={k} />
      ))}
    </span>
  );
}

function grouped(commands: readonly Command[]): Array<[string, Command[]]> {
  const groups = new Map<string, Command[]>();
  const here = m.app_group_here();
  for (const command of commands.filter((c) => (c.keys?.length ?? 0) > 0)) {
    const name = command.group ?? here;
    groups.set(name, [...(groups.get(name) ?? []), command]);
  }
  return [...groups];
}
