import { useState } from "react";
import { m } from "../../i18n";
import { type DossierView, useWrite } from "../../ipc";
import { Button, Card, ErrorNote, SectionHeading, TextArea, TextField } from "../../kit";
import { problemOf } from "./problem";
import style from "./Base.module.css";

/** What is known of the dwelling itself; whoever keeps the register may write it. */
export function DwellingFacts({ dossier }: { dossier: DossierView }) {
  const [editing, setEditing] = useState(false);
  return (
    <Card label={m.base_facts()}>
      <SectionHeading end={dossier.may_edit && !editing && <Button onPress={() => setEditing(true)}>{m.base_edit()}</Button>}>{m.base_facts()}</SectionHeading>
      {editing ? (
        <Form dossier={dossier} onDone={() => setEditing(false)} />
      ) : (
        <dl className={style.facts}>
          <dt>{m.base_floor()}</dt>
          <dd>{dossier.floor === null ? m.base_unknown() : m.base_floor_value({ floor: dossier.floor })}</dd>
          <dt>{m.base_area()}</dt>
          <dd>{dossier.area_m2 === "" ? m.base_unknown() : `${dossier.area_m2} m²`}</dd>
          <dt>{m.base_certificate_use()}</dt>
          <dd>{dossier.certificate_use || m.base_unknown()}</dd>
          {dossier.note !== "" && (
            <>
              <dt>{m.base_note()}</dt>
              <dd>{dossier.note}</dd>
            </>
          )}
        </dl>
      )}
    </Card>
  );
}

function Form({ dossier, onDone }: { dossier: DossierView; onDone: () => void }) {
  const [area, setArea] = useState(dossier.area_m2);
  const [use, setUse] = useState(dossier.certificate_use);
  const [note, setNote] = useState(dossier.note);
  const save = useWrite("dwelling.save");
  const { compound, building, room } = dossier;
  const submit = () => save.mutate({ compound, building, room, area_m2: area, certificate_use: use, note }, { onSuccess: onDone });
  return (
    <div className={style.form}>
      {save.error && <ErrorNote error={save.error} />}
      <TextField label={m.base_area()} unit="m²" inputMode="decimal" value={area} onChange={setArea} error={problemOf(save.error, "area_m2")} onEnter={submit} autoFocus />
      <TextField label={m.base_certificate_use()} value={use} onChange={setUse} error={problemOf(save.error, "certificate_use")} onEnter={submit} />
      <TextArea label={m.base_note()} value={note} onChange={setNote} error={problemOf(save.error, "note")} />
      <div className={style.acts}>
        <Button tone="primary" onPress={submit}>
          {m.base_save()}
        </Button>
        <Button onPress={onDone}>{m.base_cancel()}</Button>
      </div>
    </div>
  );
}
