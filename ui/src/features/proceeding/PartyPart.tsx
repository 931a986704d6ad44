/** 当事人 of a proceeding: recorded here, masked, shown for a reason. */
import { useState } from "react";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import type { ProceedingView } from "../../ipc";
import { Button, Card, SectionHeading } from "../../kit";
import { PersonalFacts } from "../personal/PersonalFacts";
import { PartyDialog } from "./PartyDialog";
import css from "./Proceeding.module.css";
import { Refusal } from "./Refusal";
import { PARTY_FIELDS, idKindWords, partyFieldWords } from "./words";

export function PartyPart({ view, onSaved }: { view: ProceedingView; onSaved: () => void }) {
  const { party, card } = view;
  const [setting, setSetting] = useState(false);
  const [clear, setClear] = useState<Readonly<Record<string, string>>>({});
  if (!party && !view.may_set_party) return null;
  const label = (field: string) => (field === "id_no" ? idKindWords(party?.id_kind ?? "") : partyFieldWords(field));
  return (
    <Card label={m.proceeding_party()} className={css.spaced}>
      <SectionHeading>{m.proceeding_party()}</SectionHeading>
      {!party && <p className={css.quiet}>{m.proceeding_party_none()}</p>}
      <PersonalFacts
        record={`proceeding:${card.id}`}
        fields={PARTY_FIELDS.map((name) => ({ name, label: label(name) }))}
        masked={party?.fields ?? {}}
        mayUnmask={view.may_unmask}
        first={
          <>
            <dt>{m.proceeding_party_kind()}</dt>
            <dd>{party?.kind === "unit" ? m.proceeding_party_unit() : m.proceeding_party_person()}</dd>
          </>
        }
        clear={clear}
        onShown={setClear}
        Refusal={Refusal}
        beside={
          view.may_set_party && (
            <Marked name="party-set">
              <Button tone={party ? "quiet" : "primary"} onPress={() => setSetting(true)}>
                {party ? m.proceeding_party_change() : m.proceeding_party_set()}
              </Button>
            </Marked>
          )
        }
      />
      {setting && (
        <PartyDialog
          id={card.id}
          party={party}
          clear={clear}
          onClose={() => setSetting(false)}
          onSaved={() => {
            // What was shown may no longer be what is recorded.
            setClear({});
            setSetting(false);
            onSaved();
          }}
        />
      )}
    </Card>
  );
}
