import { m } from "../../i18n";
import type { LedgerFile } from "../../ipc";
import { Chip } from "../../kit";
import style from "./Ledger.module.css";

/** A file that was written: how many rows, under which number, and where it lies. */
export function Written({ file, words }: { file: LedgerFile; words: string }) {
  return (
    <div className={style.row} role="status" data-testid="ledger-written">
      <Chip tone="done">{words}</Chip>
      <span className={style.path}>{file.path === null ? m.ledger_download_again() : m.ledger_saved_at({ path: file.path })}</span>
    </div>
  );
}
