/** How far an import is, and after it what was left or refused. Every sentence says what is safe. */
import { TriangleAlert } from "lucide-react";
import { m } from "../i18n";
import { countText } from "../i18n/format";
import { Button, ErrorNote, errorWords, LinkButton } from "../kit";
import css from "./Import.module.css";
import type { Failed, Halted, Importing } from "./useImport";

export function ImportProgress({ importing }: { importing: Importing }) {
  const { now, failed, halted } = importing;
  return (
    <>
      {/* Begun and done are said aloud, not each of two hundred. */}
      <p role="status" className="visually-hidden">
        {now ? m.photo_import_begun({ count: now.total }) : ""}
      </p>
      {now && (
        <div className={css.now} data-testid="import-progress">
          <progress value={now.done} max={now.total} aria-label={m.photo_import_begun({ count: now.total })} />
          <span className={css.count}>{m.photo_import_now({ done: countText(now.done), total: countText(now.total) })}</span>
          <span className={css.name}>{now.name}</span>
          <Button onPress={importing.stop}>
            {m.photo_import_stop()}
          </Button>
        </div>
      )}
      {halted && <Stopped halted={halted} importing={importing} />}
      {failed.length > 0 && <Refused failed={failed} onClose={importing.forget} />}
    </>
  );
}

/** How many more fit by the word of whoever keeps them, who leaves room for the rest of the machine; null when it was not said. */
function roomFor({ error }: Halted): number | null {
  const fit = Number.parseInt(error?.params.photos_fit ?? "", 10);
  return Number.isNaN(fit) ? null : fit;
}

function Stopped({ halted, importing }: { halted: Halted; importing: Importing }) {
  const { saved, left, error } = halted;
  const room = roomFor(halted);
  return (
    <div className={css.stopped} data-testid="import-stopped">
      {error && <ErrorNote error={error} />}
      <p role="status">
        {m.photo_import_saved({ count: saved })} {m.photo_import_left({ count: left })} {room !== null && m.photo_import_room({ count: room })}
      </p>
      <div className={css.row}>
        <Button onPress={importing.resume}>{m.photo_import_resume({ count: left })}</Button>
        <Button tone="quiet" onPress={importing.forget}>
          {m.photo_import_leave()}
        </Button>
      </div>
    </div>
  );
}

const SHOWN = 5;

function Refused({ failed, onClose }: { failed: readonly Failed[]; onClose: () => void }) {
  return (
    <div role="alert" className={css.refused} data-testid="import-refused">
      <p>
        <TriangleAlert aria-hidden="true" size={16} /> {m.photo_import_refused({ count: failed.length })}
      </p>
      <ul>
        {failed.slice(0, SHOWN).map(({ name, error }, i) => (
          // The same file may be refused twice.
          <li key={`${i} ${name}`}>
            <strong>{name}</strong> {errorWords(error).what} {errorWords(error).safe}
          </li>
        ))}
      </ul>
      {failed.length > SHOWN && <p>{m.photo_import_refused_more({ count: failed.length - SHOWN })}</p>}
      <LinkButton onPress={onClose}>{m.photo_import_close()}</LinkButton>
    </div>
  );
}
