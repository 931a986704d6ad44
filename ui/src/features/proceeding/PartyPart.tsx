/**
 * 当事人: masked, until somebody says why they must see it; the reason is in the access log before the values are here.
 * Neither what is typed nor what is shown goes through the cache of reads and writes: it ends with this page.
 */
import { useState } from "react";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import type { PartyView, ProceedingView } from "../../ipc";
import { Button, Card, SectionHeading } from "../../kit";
import { PartyDialog } from "./PartyDialog";
import css from "./Proceeding.module.css";
import { UnmaskDialog } from "./UnmaskDialog";
import { PARTY_FIELDS, idKindWords, partyFieldWords } from "./words";

export function PartyPart({ view, onSaved }: { view: ProceedingView; onSaved: () => void }) {
  const { party, card } = view;
  const [open, setOpen] = useState<"set" | "unmask">();
  const [clear, setClear] = useState<Readonly<Record<string, string>>>({});
  if (!party && !view.may_set_party) return null;
  const shown = Object.keys(clear).length > 0;
  const close = () => setOpen(undefined);
  return (
    <Card label={m.proceeding_party()} className={css.spaced}>
      <SectionHeading>{m.proceeding_party()}</SectionHeading>
      {party ? <PartyFacts party={party} clear={clear} /> : <p className={css.quiet}>{m.proceeding_party_none()}</p>}
      {party && (
        <p className={css.small} role="status">
          {shown ? m.proceeding_party_clear() : m.proceeding_party_masked()}
        </p>
      )}
      <div className={css.row}>
        {party && view.may_unmask && (
          <Marked name="party-unmask">
            <Button onPress={() => setOpen("unmask")}>{m.proceeding_unmask()}</Button>
          </Marked>
        )}
        {view.may_set_party && (
          <Marked name="party-set">
            <Button tone={party ? "quiet" : "primary"} onPress={() => setOpen("set")}>
              {party ? m.proceeding_party_change() : m.proceeding_party_set()}
            </Button>
          </Marked>
        )}
      </div>
      {open === "set" && (
        <PartyDialog
          id={card.id}
          party={party}
          clear={clear}
          onClose={close}
          onSaved={() => {
            // What was shown may no longer be what is recorded.
            setClear({});
            onSaved();
            close();
          }}
        />
      )}
      {open === "unmask" && party && (
        <UnmaskDialog
          id={card.id}
          party={party}
          onClose={close}
          onShown={(fields) => {
            setClear((now) => ({ ...now, ...fields }));
            close();
          }}
        />
      )}
    </Card>
  );
}

function PartyFacts({ party, clear }: { party: PartyView; clear: Readonly<Record<string, string>> }) {
  return (
    <dl className={css.facts} data-testid="party">
      <dt>{m.proceeding_party_kind()}</dt>
      <dd>{party.kind === "unit" ? m.proceeding_party_unit() : m.proceeding_party_person()}</dd>
      {PARTY_FIELDS.filter((f) => party.fields[f] !== undefined).map((field) => (
        <div key={field} className={css.fact}>
          <dt>{field === "id_no" ? idKindWords(party.id_kind) : partyFieldWords(field)}</dt>
          <dd data-testid={`party-${field}`}>
            {clear[field] === undefined ? party.fields[field] : <strong>{clear[field]}</strong>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
