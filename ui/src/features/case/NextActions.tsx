/** 下一步: only what this person may do now. What has legal effect is asked once, by name. */
import { useState } from "react";
import { type Command, useCommands } from "../../command";
import { m, say } from "../../i18n";
import { type ActionView, type ApiError, asApiError, type CaseView, type Catalogue, type Category, type Reason, useWrite } from "../../ipc";
import { Button, Card, ConfirmDialog, ErrorNote, SectionHeading, TextArea, toast } from "../../kit";
import { Marked } from "../../form/Marked";
import { slotWords } from "../../photo/words";
import css from "./Case.module.css";
import { actionWords, consequence } from "./words";

type Props = { view: CaseView; catalogue: Catalogue; category: Category | undefined };

/** Shown at once; the rest behind 更多. */
const SHOWN = 3;

export function NextActions({ view, catalogue, category }: Props) {
  const act = useWrite("case.act");
  const [open, setOpen] = useState<ActionView>();
  const [asking, setAsking] = useState<Prepared>();
  const [all, setAll] = useState(false);
  const [error, setError] = useState<ApiError>();
  const { card } = view;
  // Sending a returned case again has its own place, with the photo it needs.
  const actions = view.actions.filter((a) => !(a.action === "resubmit" && view.returned !== null));
  const shown = all ? actions : actions.slice(0, SHOWN);

  const run = async (prepared: Prepared) => {
    setError(undefined);
    try {
      await act.mutateAsync({ id: card.id, action: prepared.action.action, reason_code: prepared.reason?.code ?? null, reason: prepared.text.trim(), slot: prepared.slot, photos: [] });
      toast(m.case_done({ no: card.no, action: actionWords(prepared.action.action) }), { tone: "done" });
      setOpen(undefined);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  const ask = (prepared: Prepared) => (prepared.action.confirm ? setAsking(prepared) : void run(prepared));
  const press = (action: ActionView) => {
    if (action.needs_reason) setOpen(action);
    else ask({ action, reason: null, text: "", slot: null });
  };
  useCommands(
    shown.slice(0, 9).map((action, i): Command => ({
      id: `case.act.${i + 1}`,
      scope: "case",
      keys: [String(i + 1)],
      label: actionWords(action.action),
      group: m.case_next(),
      when: open === undefined,
      run: () => press(action),
    })),
  );

  return (
    <Card label={m.case_next()}>
      <SectionHeading note={m.case_next_note()}>{m.case_next()}</SectionHeading>
      {actions.length === 0 && (
        <p className={css.quiet}>{view.actions.length > 0 ? m.case_next_above() : card.requested === null ? m.case_next_none() : m.case_next_waiting({ action: actionWords(card.requested) })}</p>
      )}
      <div className={css.actions} data-testid="case-actions">
        {shown.map((action, i) => (
          <Marked key={action.action} name={`act-${action.action}`}>
            <Button
              wide
              {...(i === 0 ? { tone: "primary" as const } : {})}
              keys={String(i + 1)}
              isDisabled={act.isPending}
              aria-expanded={open?.action === action.action}
              onPress={() => press(action)}
            >
              {actionWords(action.action)}
            </Button>
          </Marked>
        ))}
        {actions.length > shown.length && (
          <Button tone="quiet" onPress={() => setAll(true)}>
            {m.case_more({ count: actions.length - shown.length })}
          </Button>
        )}
      </div>
      {open && <ReasonForm key={open.action} action={open} catalogue={catalogue} category={category} onSend={ask} onClose={() => setOpen(undefined)} />}
      {error && <ErrorNote error={error} />}
      <ConfirmDialog
        title={asking ? m.case_confirm({ action: actionWords(asking.action.action), no: card.no, place: [card.compound, card.building, card.room].filter(Boolean).join(" ") }) : ""}
        isOpen={asking !== undefined}
        verb={asking ? actionWords(asking.action.action) : ""}
        onConfirm={() => asking && void run(asking)}
        onClose={() => setAsking(undefined)}
      >
        <p>{asking ? consequence(asking.action.action) : ""}</p>
      </ConfirmDialog>
    </Card>
  );
}

type Prepared = { action: ActionView; reason: Reason | null; text: string; slot: string | null };

type ReasonFormProps = { action: ActionView; catalogue: Catalogue; category: Category | undefined; onSend: (prepared: Prepared) => void; onClose: () => void };

function ReasonForm({ action, catalogue, category, onSend, onClose }: ReasonFormProps) {
  const [reason, setReason] = useState<Reason | null>(null);
  const [text, setText] = useState("");
  const [slot, setSlot] = useState<string | null>(null);
  const slots = category?.slots ?? [];
  const reasons = catalogue.reasons.filter((r) => action.reasons.includes(r.code));
  const pick = (r: Reason) => {
    if (text === "" || (reason && text === say(reason.template))) setText(say(r.template));
    setReason(r);
  };
  const lacking = reason === null || text.trim() === "" || (reason.names_slot && action.may_name_slot && slot === null);
  return (
    <div className={css.reasonForm} data-testid="case-reason">
      <div role="group" aria-label={m.case_reason()} className={css.reasons}>
        {reasons.map((r) => (
          <button key={r.code} type="button" className={css.seat} aria-pressed={reason?.code === r.code} onClick={() => pick(r)}>
            {say(r.label)}
          </button>
        ))}
      </div>
      {reason?.names_slot && action.may_name_slot && (
        <div role="group" aria-label={m.case_which_photo()} className={css.reasons}>
          <span>{m.case_which_photo()}</span>
          {slots.map((s) => (
            <button key={s.key} type="button" className={css.seat} aria-pressed={slot === s.key} onClick={() => setSlot(s.key)}>
              {slotWords(s.key, slots)}
            </button>
          ))}
        </div>
      )}
      <TextArea label={m.case_reason_text()} value={text} onChange={setText} />
      <div className={css.row}>
        <Button tone="primary" isDisabled={lacking} onPress={() => onSend({ action, reason, text, slot })}>
          {actionWords(action.action)}
        </Button>
        <Button onPress={onClose}>{m.kit_cancel()}</Button>
      </div>
    </div>
  );
}
