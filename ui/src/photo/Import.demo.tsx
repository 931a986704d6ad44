import { useState } from "react";
import { trayPhoto, workTransport } from "../features/capture/fixture";
import { type ApiError, ApiFailure, TransportProvider } from "../ipc";
import { Button } from "../kit";
import css from "./Demo.module.css";
import { ImportProgress } from "./ImportProgress";
import { Tray } from "./Tray";
import { useImport } from "./useImport";

export const title = "Photo import";

/** Photos come in only as they are let through. */
const waiting: (() => void)[] = [];
let free = 0;
let fault: ApiError["code"] | undefined;
let n = 0;
const transport = {
  ...workTransport(),
  importPhoto: async (file: Blob, { name }: { name: string }) => {
    if (free > 0) free--;
    else await new Promise<void>((go) => waiting.push(go));
    if (fault === "disk_full" || (fault && name.endsWith("3.JPG"))) throw new ApiFailure({ code: fault, params: { free_bytes: "12000000", photos_fit: "2" }, retry: true, field: null });
    return trayPhoto(++n, { name, bytes: file.size, imported_ms: Date.now() });
  },
};

const files = (count: number) => Array.from({ length: count }, (_, i) => new File([new Uint8Array(4_000)], `DSC_${1000 + i}.JPG`, { type: "image/jpeg", lastModified: 1 }));

function through(count: number) {
  const now = waiting.splice(0, count);
  free = count - now.length;
  for (const go of now) go();
}

function Importer() {
  const [names, setNames] = useState<string[]>([]);
  const importing = useImport((photo) => setNames((all) => [...all, photo.name]));
  return (
    <>
      <div className={css.bar}>
        <Button onPress={() => void importing.bring(files(200), "picker")}>Bring 200</Button>
        <Button onPress={() => through(50)}>Let 50 through</Button>
        <Button onPress={() => (fault = "disk_full")}>Disk full</Button>
        <Button onPress={() => (fault = "photo_unsupported")}>Some are no photos</Button>
        <Button onPress={() => (fault = undefined)}>No fault</Button>
      </div>
      <ImportProgress importing={importing} />
      <p data-testid="demo-saved">
        {names.length} {names.at(-1)} {names.every((name, i) => i === 0 || name > (names[i - 1] ?? "")) ? "in order" : "mixed"}
      </p>
      <Tray title="Tray" photos={[trayPhoto(40), trayPhoto(1), trayPhoto(21, { used_in: "c" })]} onAdd={() => {}} testid="demo-tray" />
    </>
  );
}

export function Demo() {
  return (
    <TransportProvider transport={transport}>
      <Importer />
    </TransportProvider>
  );
}
