/** 下一步: only what this person may do now. What has legal effect is asked once, by name. */
import { useState } from "react";
import { type Command, useCommands } from "../../command";
import { m } from "../../i18n";
import { type ActionView, type ApiError, asApiError, type CaseActRequest, type CaseView, type Catalogue, type Category, useWrite } from "../../ipc";
import { Button, Card, ConfirmDialog, ErrorNote, SectionHeading, toast } from "../../kit";
import { Marked } from "../../form/Marked";
import { ActForm } from "./ActForm";
import { asksMore } from "./act";
import { refusalWords } from "./guards";
import css from "./Case.module.css";
import { actionWords, consequence } from "./words";

type Props = { view: CaseView; catalogue: Catalogue; category: Category | undefined };

/** Shown at once; the rest behind 更多. */
const SHOWN = 3;

/** A request that brings nothing with it. */
const PLAIN = { reason_code: null, reason: "", slot: null, photos: [], params: {}, deadline: null, fields: {} } satisfies Omit<CaseActRequest, "id" | "action">;

export function NextActions({ view, catalogue, category }: Props) {
  const act = useWrite("case.act");
  const [open, setOpen] = useState<ActionView>();
  const [asking, setAsking] = useState<CaseActRequest>();
  const [all, setAll] = useState(false);
  const [error, setError] = useState<ApiError>();
  const { card } = view;
  // Sending a returned case again has its own place, with the photo it needs.
  const actions = view.actions.filter((a) => !(a.action === "resubmit" && view.returned !== null));
  const shown = all ? actions : actions.slice(0, SHOWN);

  const run = async (request: CaseActRequest) => {
    setError(undefined);
    try {
      await act.mutateAsync(request);
      toast(m.case_done({ no: card.no, action: actionWords(request.action) }), { tone: "done" });
      setOpen(undefined);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  const ask = (action: ActionView, request: CaseActRequest) => (action.confirm ? setAsking(request) : void run(request));
  const press = (action: ActionView) => {
    if (asksMore(action)) setOpen(action);
    else ask(action, { id: card.id, action: action.action, ...PLAIN });
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
      {open && <ActForm key={open.action} action={open} view={view} catalogue={catalogue} category={category} busy={act.isPending} onSend={(request) => ask(open, request)} onClose={() => setOpen(undefined)} />}
      {error && <ErrorNote error={error}>{refusalWords(error)}</ErrorNote>}
      <ConfirmDialog
        title={asking ? m.case_confirm({ action: actionWords(asking.action), no: card.no, place: [card.compound, card.building, card.room].filter(Boolean).join(" ") }) : ""}
        isOpen={asking !== undefined}
        verb={asking ? actionWords(asking.action) : ""}
        onConfirm={() => asking && void run(asking)}
        onClose={() => setAsking(undefined)}
      >
        <p>{asking ? consequence(asking.action) : ""}</p>
      </ConfirmDialog>
    </Card>
  );
}
