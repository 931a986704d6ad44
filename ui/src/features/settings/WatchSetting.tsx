import { useState } from "react";
import { m } from "../../i18n";
import { useRead, useWrite } from "../../ipc";
import { Button, Chip, ErrorNote, SectionHeading, TextField } from "../../kit";
import style from "./Settings.module.css";

/** The folder a camera card or a phone shows up in; its new photos come into the tray by themselves. */
export function WatchSetting() {
  const { data, error } = useRead("watch.get", {});
  const set = useWrite("watch.set");
  const [typed, setTyped] = useState<string | null>(null);
  const path = typed ?? data?.folder ?? "";
  const save = (folder: string | null) => set.mutate({ folder }, { onSuccess: () => setTyped(null) });
  return (
    <section className={style.part} aria-label={m.settings_watch()}>
      <SectionHeading>{m.settings_watch()}</SectionHeading>
      <div className={style.watch}>
        <TextField id="watch-folder" className={style.path} label={m.settings_watch_path()} hint={m.settings_watch_hint()} value={path} onChange={setTyped} onEnter={() => path !== "" && save(path)} error={data?.problem ?? null} />
        <div className={style.acts}>
          <Button onPress={() => save(path)} isDisabled={path === "" || path === data?.folder}>
            {m.settings_watch_start()}
          </Button>
          {data?.folder && <Button onPress={() => save(null)}>{m.settings_watch_stop()}</Button>}
        </div>
      </div>
      {data?.folder && <Chip tone="done">{m.settings_watching({ count: data.imported })}</Chip>}
      {(set.error ?? error) && <ErrorNote error={(set.error ?? error) as NonNullable<typeof error>} />}
    </section>
  );
}
