/** Parts around a paper's form: how far it is saved, the proceeding it is of, what it waits for. */
import { Link } from "@tanstack/react-router";
import { Marked } from "../../form/Marked";
import { m, say } from "../../i18n";
import { clock, dayText } from "../../i18n/format";
import type { PaperWaits, ProceedingCard } from "../../ipc";
import { LinkButton, Select, Shape } from "../../kit";
import css from "./Paper.module.css";
import type { PaperDraftState } from "./usePaperDraft";
import { waitsWords } from "./words";

export function DraftLine({ draft, onAgain }: { draft: PaperDraftState; onAgain: () => void }) {
  if (draft.savedMs === null && !draft.dirty) return null;
  const words = draft.error !== null ? m.paper_draft_not_saved() : draft.savedMs === null ? m.paper_draft_saving() : m.paper_draft_saved({ time: clock(draft.savedMs) });
  return (
    <span className={css.chips} data-testid="paper-draft" data-dirty={draft.dirty || undefined}>
      <span className={css.quiet}>{words}</span>
      {draft.savedMs !== null && <LinkButton onPress={onAgain}>{m.paper_draft_again()}</LinkButton>}
    </span>
  );
}

type InputProps = { choices: readonly ProceedingCard[]; value: string; onChange: (id: string) => void };

export function ProceedingInput({ choices, value, onChange }: InputProps) {
  if (choices.length === 0) return <p className={css.quiet}>{m.paper_no_proceeding()}</p>;
  return (
    <Marked name="paper-proceeding">
      <Select label={m.paper_proceeding()} required value={value || null} options={choices.map((c) => ({ value: c.id, label: `${c.cause} ${dayText(c.opened_on)} ${say(c.stage_label)}` }))} onChange={onChange} />
    </Marked>
  );
}

/** Which step is not yet taken, by which rule, and the way there. */
export function WaitsNote({ waits, proceeding }: { waits: PaperWaits; proceeding: string }) {
  return (
    <p className={css.waits} role="status" data-testid="paper-waits">
      <Shape sign="diamond" />
      <span>
        {m.paper_waits({ step: say(waits.step_label) })} <strong>{waitsWords(waits)}</strong>
        {waits.why.article !== "" && <span className={css.quiet}> {waits.why.article}</span>}
      </span>
      {proceeding !== "" && (
        <Link to="/proceedings/$id" params={{ id: proceeding }}>
          {m.paper_to_proceeding()}
        </Link>
      )}
    </p>
  );
}
