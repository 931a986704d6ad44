/** 含个人信息的导出: asked for with a purpose, decided by another person, used once. */
import { useState } from "react";
import { m, say, sayFirst } from "../../i18n";
import { countText, moment } from "../../i18n/format";
import { type ApiError, type ExportCard, type LedgerCard, asApiError, useRead, useWrite } from "../../ipc";
import { Button, Card, Chip, ConfirmDialog, Dialog, ErrorNote, SectionHeading, Skeleton, TextArea, TextField, type Tone, toast } from "../../kit";
import { ChoiceFields } from "./ChoiceFields";
import style from "./Ledger.module.css";
import { Progress } from "./Progress";
import { Written } from "./Written";
import { firstOf, rowsOf } from "./chosen";
import { useExport } from "./useExport";
import { requestWords } from "./words";

export function ApprovalPart({ ledgers }: { ledgers: readonly LedgerCard[] }) {
  const personal = ledgers.filter((l) => l.personal);
  const [chosen, choose] = useState(() => firstOf(personal));
  const [reason, setReason] = useState("");
  const [error, setError] = useState<ApiError>();
  const ask = useWrite("ledger.ask");
  const send = async () => {
    setError(undefined);
    try {
      await ask.mutateAsync({ ...rowsOf(chosen), reason });
      setReason("");
      toast(m.ledger_asked_toast(), { tone: "done" });
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <div className={style.screen}>
      <Card label={m.ledger_tab_clear()}>
        <div className={style.part}>
          <SectionHeading note={m.ledger_clear_note()}>{m.ledger_tab_clear()}</SectionHeading>
          <ChoiceFields id="clear" ledgers={personal} value={chosen} onChange={choose} />
          <TextField id="clear-reason" label={m.ledger_reason()} required value={reason} onChange={setReason} maxLength={500} />
          <div className={style.row}>
            <Button tone="primary" isDisabled={reason.trim() === "" || ask.isPending} onPress={() => void send()}>
              {m.ledger_ask()}
            </Button>
          </div>
          {error && <ErrorNote error={error} />}
        </div>
      </Card>
      <Requests />
    </div>
  );
}

function Requests() {
  const list = useRead("ledger.asked", {});
  const answer = useWrite("ledger.answer");
  const out = useExport();
  const [approving, approve] = useState<ExportCard>();
  const [refusing, refuse] = useState<ExportCard>();
  const [error, setError] = useState<ApiError>();
  const decide = async (id: string, approved: boolean, note: string) => {
    setError(undefined);
    try {
      await answer.mutateAsync({ id, approved, note });
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  const take = (of: ExportCard) => void out.run({ ledger: of.ledger, format: "xlsx", status: [], compound: null, text: "", reason: of.reason, approval: of.id });
  return (
    <Card label={m.ledger_requests()}>
      <div className={style.part}>
        <SectionHeading count={list.data?.length}>{m.ledger_requests()}</SectionHeading>
        {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {!list.data && !list.error && <Skeleton lines={3} />}
        {list.data?.length === 0 && <p className={style.quiet}>{m.ledger_requests_none()}</p>}
        {(error ?? out.error) && <ErrorNote error={(error ?? out.error) as ApiError} />}
        <Progress job={out.job} />
        {out.file && <Written file={out.file} words={m.ledger_exported({ rows: countText(out.file.rows), number: out.file.number })} />}
        <RequestList rows={list.data ?? []} busy={answer.isPending || out.job.name !== null} onApprove={approve} onRefuse={refuse} onTake={take} />
        {approving && (
          <ConfirmDialog title={m.ledger_approve_title()} isOpen verb={m.ledger_approve()} onConfirm={() => void decide(approving.id, true, "")} onClose={() => approve(undefined)}>
            <p>{m.ledger_approve_note({ name: approving.author, ledger: say(approving.label), reason: approving.reason })}</p>
          </ConfirmDialog>
        )}
        {refusing && <Refuse onClose={() => refuse(undefined)} onSay={(note) => void decide(refusing.id, false, note)} />}
      </div>
    </Card>
  );
}

const TONES: Record<string, Tone> = { asked: "today", approved: "primary", refused: "offline", done: "done" };
type Acts = { busy: boolean; onApprove: (of: ExportCard) => void; onRefuse: (of: ExportCard) => void; onTake: (of: ExportCard) => void };

export function RequestList({ rows, busy, onApprove, onRefuse, onTake }: Acts & { rows: readonly ExportCard[] }) {
  return (
    <ul className={style.list} data-testid="ledger-requests">
      {rows.map((r) => (
        <li key={r.id} className={style.item}>
          <span className={style.lines}>
            <strong>{[sayFirst(r.label), r.compound].filter(Boolean).join(" · ")}</strong>
            <span>{r.reason}</span>
            <span className={style.quiet}>
              {[
                m.ledger_request_by({ name: r.author, time: moment(r.asked_ms) }),
                r.answered_by && m.ledger_answered_by({ name: r.answered_by }),
                r.note,
                r.number && m.ledger_taken({ rows: countText(r.rows), number: r.number }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </span>
          <span className={style.end}>
            <Chip tone={TONES[r.state] ?? "neutral"}>{requestWords(r.state)}</Chip>
            {r.may_answer && (
              <>
                <Button isDisabled={busy} onPress={() => onRefuse(r)}>
                  {m.ledger_refuse()}
                </Button>
                <Button tone="primary" isDisabled={busy} onPress={() => onApprove(r)}>
                  {m.ledger_approve()}
                </Button>
              </>
            )}
            {r.may_use && (
              <Button tone="primary" isDisabled={busy} onPress={() => onTake(r)}>
                {m.ledger_take()}
              </Button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Refuse({ onClose, onSay }: { onClose: () => void; onSay: (note: string) => void }) {
  const [note, setNote] = useState("");
  return (
    <Dialog
      title={m.ledger_refuse_title()}
      isOpen
      onClose={onClose}
      footer={
        <Button
          tone="primary"
          isDisabled={note.trim() === ""}
          onPress={() => {
            onClose();
            onSay(note);
          }}
        >
          {m.ledger_refuse()}
        </Button>
      }
    >
      <TextArea id="refuse-why" label={m.ledger_refuse_why()} required value={note} onChange={setNote} maxLength={500} autoFocus />
    </Dialog>
  );
}
