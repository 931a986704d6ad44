/** Which ledger, and which rows of it. */
import { Marked } from "../../form/Marked";
import { m, say, sayFirst } from "../../i18n";
import { type LedgerCard, useRead } from "../../ipc";
import { ComboBox, Select, TextField } from "../../kit";
import style from "./Ledger.module.css";
import { ALL, type Chosen } from "./chosen";

type Props = { id: string; ledgers: readonly LedgerCard[]; value: Chosen; onChange: (next: Chosen) => void };

export function ChoiceFields({ id, ledgers, value, onChange }: Props) {
  const compounds = useRead("compound.list", { text: "" }).data?.rows ?? [];
  const states = useRead("catalogue.get", {}).data?.states ?? {};
  const ofCases = ledgers.find((l) => l.id === value.ledger)?.of === "case";
  return (
    <div className={style.choice}>
      <Marked name={`${id}-ledger`}>
        <Select id={`${id}-which`} label={m.ledger_which()} options={ledgers.map((l) => ({ value: l.id, label: sayFirst(l.label) }))} value={value.ledger || null} onChange={(ledger) => onChange({ ...value, ledger, status: "" })} />
      </Marked>
      <ComboBox
        id={`${id}-compound`}
        label={m.ledger_compound()}
        placeholder={m.ledger_every_compound()}
        options={compounds.map((c) => ({ value: c.id, label: c.name, search: c.initials }))}
        value={value.compound || null}
        onChange={(compound) => onChange({ ...value, compound: compound ?? "" })}
      />
      {ofCases && (
        <>
          <Select
            id={`${id}-status`}
            label={m.ledger_state()}
            options={[{ value: ALL, label: m.ledger_every_state() }, ...Object.entries(states).map(([code, label]) => ({ value: code, label: label ? say(label) : code }))]}
            value={value.status || ALL}
            onChange={(status) => onChange({ ...value, status: status === ALL ? "" : status })}
          />
          <TextField id={`${id}-text`} label={m.ledger_text()} value={value.text} onChange={(text) => onChange({ ...value, text })} maxLength={200} />
        </>
      )}
    </div>
  );
}
