/** 备注: what people wrote to each other about this case. */
import { useState } from "react";
import { m } from "../../i18n";
import { moment } from "../../i18n/format";
import { type ApiError, asApiError, type NoteView, useWrite } from "../../ipc";
import { Button, Card, ErrorNote, SectionHeading, TextArea } from "../../kit";
import { Marked } from "../../form/Marked";
import css from "./Case.module.css";

export function NotesCard({ caseId, notes }: { caseId: string; notes: readonly NoteView[] }) {
  const add = useWrite("case.note");
  const [text, setText] = useState("");
  const [error, setError] = useState<ApiError>();
  const save = async () => {
    setError(undefined);
    try {
      await add.mutateAsync({ id: caseId, text: text.trim() });
      setText("");
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <Card label={m.case_notes()}>
      <SectionHeading {...(notes.length > 0 ? { count: notes.length } : {})}>{m.case_notes()}</SectionHeading>
      <ul className={css.notes} data-testid="case-notes">
        {notes.map((note) => (
          <li key={note.event}>
            <p>{note.text}</p>
            <p className={css.quiet}>{m.case_note_by({ name: note.author, time: moment(note.wall_ms) })}</p>
          </li>
        ))}
      </ul>
      <Marked name="case-note">
        <TextArea label={m.case_note_new()} value={text} onChange={setText} />
      </Marked>
      {error && <ErrorNote error={error} />}
      <div className={css.row}>
        <Marked name="case-note-save">
          <Button isDisabled={text.trim() === "" || add.isPending} onPress={() => void save()}>
            {m.case_note_save()}
          </Button>
        </Marked>
      </div>
    </Card>
  );
}
