/** 导入记录: each import, and taking it back. */
import { useState } from "react";
import { m, sayFirst } from "../../i18n";
import { countText, moment } from "../../i18n/format";
import { type ApiError, type ImportCard, type ImportUndone, asApiError, useRead, useWrite } from "../../ipc";
import { Button, Card, Chip, ConfirmDialog, ErrorNote, SectionHeading, Skeleton } from "../../kit";
import style from "./Ledger.module.css";
import { keptWords } from "./words";

export function Batches() {
  const list = useRead("ledger.imports", {});
  const undo = useWrite("ledger.undo");
  const [asked, ask] = useState<ImportCard>();
  const [undone, setUndone] = useState<ImportUndone>();
  const [error, setError] = useState<ApiError>();
  const run = async (of: ImportCard) => {
    setUndone(undefined);
    setError(undefined);
    try {
      setUndone(await undo.mutateAsync({ import: of.id }));
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <Card label={m.ledger_batches()}>
      <div className={style.part}>
        <SectionHeading count={list.data?.length}>{m.ledger_batches()}</SectionHeading>
        {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {!list.data && !list.error && <Skeleton lines={3} />}
        {list.data?.length === 0 && <p className={style.quiet}>{m.ledger_batches_none()}</p>}
        {error && <ErrorNote error={error} />}
        {undone && <Undone undone={undone} />}
        <BatchList rows={list.data ?? []} busy={undo.isPending} onUndo={ask} />
        {asked && (
          <ConfirmDialog title={m.ledger_undo_title({ file: asked.file })} isOpen verb={m.ledger_undo()} onConfirm={() => void run(asked)} onClose={() => ask(undefined)}>
            <p>{m.ledger_undo_note()}</p>
          </ConfirmDialog>
        )}
      </div>
    </Card>
  );
}

export function BatchList({ rows, busy, onUndo }: { rows: readonly ImportCard[]; busy: boolean; onUndo: (of: ImportCard) => void }) {
  return (
    <ul className={style.list} data-testid="ledger-batches">
      {rows.map((b) => (
        <li key={b.id} className={style.item}>
          <span className={style.lines}>
            <strong>
              {sayFirst(b.ledger)} · {b.file}
            </strong>
            <span className={style.quiet}>{m.ledger_batch_by({ name: b.author, time: moment(b.at_ms), created: countText(b.created), changed: countText(b.changed) })}</span>
          </span>
          <span className={style.end}>
            {b.status === "begun" && <Chip tone="today">{m.ledger_batch_begun()}</Chip>}
            {b.status === "undone" && <Chip tone="offline">{m.ledger_batch_undone()}</Chip>}
            {b.kept > 0 && <Chip>{m.ledger_batch_kept({ count: b.kept })}</Chip>}
            {b.may_undo && (
              <Button isDisabled={busy} onPress={() => onUndo(b)}>
                {m.ledger_undo()}
              </Button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Undone({ undone }: { undone: ImportUndone }) {
  return (
    <div role="status" className={style.part} data-testid="ledger-undone">
      <Chip tone="done">{m.ledger_undone({ count: countText(undone.restored) })}</Chip>
      {undone.kept.length > 0 && (
        <ul className={style.list} aria-label={m.ledger_kept({ count: undone.kept.length })}>
          {undone.kept.map((k) => (
            <li key={k.label}>{m.ledger_kept_line({ label: k.label, why: keptWords(k) })}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
