/** 导出U盘包: what could not be delivered goes onto a stick, sealed under a passphrase that whoever takes it in is told. */
import { useState } from "react";
import { m } from "../../i18n";
import { bytesText, countText } from "../../i18n/format";
import { asApiError, type RescueFile, type RescuePlace, useRead, useWrite } from "../../ipc";
import { Button, Dialog, ErrorNote, Select, TextField } from "../../kit";
import style from "./Sync.module.css";

const PHRASE_MIN = 8;

type Props = { onClose: () => void };

export default function RescueDialog({ onClose }: Props) {
  const places = useRead("rescue.places", {}, { refetchInterval: 2000 }).data?.places ?? [];
  const [chosen, choose] = useState<string | null>(null);
  const [phrase, setPhrase] = useState("");
  const [done, setDone] = useState<RescueFile>();
  const act = useWrite("rescue.export");
  const folder = places.some((place) => place.folder === chosen) ? chosen : (places[0]?.folder ?? null);
  const ready = folder !== null && [...phrase].length >= PHRASE_MIN && !act.isPending;
  const write = () => {
    if (ready) void act.mutateAsync({ folder, passphrase: phrase }).then(setDone).catch(() => undefined);
  };
  const close = () => {
    setPhrase("");
    setDone(undefined);
    act.reset();
    onClose();
  };
  return (
    <Dialog
      title={m.sync_rescue()}
      isOpen
      onClose={close}
      footer={
        done ? (
          <Button tone="primary" onPress={close}>
            {m.kit_close()}
          </Button>
        ) : (
          <Button tone="primary" onPress={write} isDisabled={!ready} id="rescue-write">
            {act.isPending ? m.sync_rescue_writing() : m.sync_rescue_write()}
          </Button>
        )
      }
    >
      {done ? (
        <div role="status" className={style.rescue} data-testid="rescue-done">
          <p>{m.sync_rescue_done({ events: countText(done.events), files: countText(done.files), bytes: bytesText(done.bytes) })}</p>
          <p className={style.path}>{done.path}</p>
          <p>{m.sync_rescue_next()}</p>
        </div>
      ) : (
        <div className={style.rescue}>
          <p>{m.sync_rescue_why()}</p>
          <Select label={m.sync_rescue_place()} hint={m.sync_rescue_place_hint()} options={places.map(option)} value={folder} onChange={choose} id="rescue-place" />
          <TextField label={m.sync_rescue_phrase()} hint={m.sync_rescue_phrase_hint({ min: PHRASE_MIN })} value={phrase} onChange={setPhrase} onEnter={write} type="password" autoComplete="off" id="rescue-phrase" />
          {act.error && <ErrorNote error={asApiError(act.error)} />}
        </div>
      )}
    </Dialog>
  );
}

const option = (place: RescuePlace) => ({ value: place.folder, label: place.removable ? m.sync_rescue_stick({ name: place.name }) : m.sync_rescue_folder({ name: place.name }), description: place.folder });
