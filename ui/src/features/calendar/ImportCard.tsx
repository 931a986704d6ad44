/** 导入: paste or choose, look at each day, publish. Rust reads the text; nothing is guessed here. */
import { useRef, useState } from "react";
import { m } from "../../i18n";
import { dayAndWeekday } from "../../i18n/format";
import { type ApiError, asApiError, type CalendarPreview, useWrite } from "../../ipc";
import { Button, Card, Chip, ErrorNote, SectionHeading, TextArea, TextField, toast } from "../../kit";
import style from "./Calendar.module.css";
import { problemWords } from "./words";

export function ImportCard({ onPublished }: { onPublished: (year: number) => void }) {
  const check = useWrite("calendar.preview");
  const publish = useWrite("calendar.publish");
  const [text, setText] = useState("");
  const [source, setSource] = useState("");
  const [seen, setSeen] = useState<CalendarPreview>();
  const [error, setError] = useState<ApiError>();
  const file = useRef<HTMLInputElement>(null);
  const type = (value: string) => {
    setText(value);
    setSeen(undefined);
    setError(undefined);
  };
  const look = async (value: string) => {
    try {
      setSeen(await check.mutateAsync({ text: value, year: null }));
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  const send = async () => {
    try {
      const year = await publish.mutateAsync({ text, year: null, notice_no: "", source });
      toast(m.calendar_done({ year: String(year.card.year) }), { tone: "done" });
      type("");
      onPublished(year.card.year);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <Card label={m.calendar_import()}>
      <SectionHeading>{m.calendar_import()}</SectionHeading>
      <TextArea id="calendar-text" label={m.calendar_text()} hint={m.calendar_import_hint()} value={text} onChange={type} rows={7} />
      <input
        ref={file}
        type="file"
        hidden
        accept=".json,.tsv,.txt"
        data-testid="calendar-file"
        onChange={(event) => {
          const first = event.target.files?.[0];
          event.target.value = "";
          if (first) void first.text().then((content) => (type(content), look(content)));
        }}
      />
      <div className={style.row}>
        <Button tone="primary" isDisabled={text.trim() === "" || check.isPending} onPress={() => void look(text)}>
          {m.calendar_check()}
        </Button>
        <Button onPress={() => file.current?.click()}>{m.calendar_file()}</Button>
      </div>
      {error && <ErrorNote error={error} />}
      {seen && (
        <>
          <Seen seen={seen} />
          <TextField id="calendar-source" label={m.calendar_source()} value={source} onChange={setSource} maxLength={300} />
          <div className={style.row}>
            <Button tone="primary" isDisabled={!seen.sound || publish.isPending} onPress={() => void send()}>
              {m.calendar_publish()}
            </Button>
            <span className={style.quiet}>{seen.sound ? m.calendar_publish_note() : m.calendar_fix()}</span>
          </div>
        </>
      )}
    </Card>
  );
}

export function Seen({ seen }: { seen: CalendarPreview }) {
  return (
    <div className={style.part} data-testid="calendar-preview">
      <SectionHeading level={3}>{m.calendar_found({ year: seen.year === 0 ? "—" : String(seen.year), count: seen.days.length })}</SectionHeading>
      {seen.problems.length > 0 && (
        <ul className={style.list} aria-label={m.calendar_problems()} data-testid="calendar-problems">
          {seen.problems.map((p) => (
            <li key={`${p.code} ${p.date} ${p.found}`} className={style.row}>
              <Chip tone={p.blocks ? "overdue" : "neutral"} sign={p.blocks ? "cross" : "ring"}>
                {p.blocks ? m.calendar_blocks() : m.calendar_remark()}
              </Chip>
              <span>{problemWords(p)}</span>
            </li>
          ))}
        </ul>
      )}
      {seen.days.length > 0 && (
        <ol className={style.found}>
          {seen.days.map((day) => (
            <li key={`${day.date} ${day.off}`} className={style.row}>
              <span className={style.date}>{dayAndWeekday(day.date)}</span>
              <Chip plain tone={day.off ? "done" : "today"} sign="none">
                {day.off ? m.calendar_off() : m.calendar_work()}
              </Chip>
              <span>{day.name}</span>
              <span className={style.quiet}>{day.new ? m.calendar_new() : m.calendar_same()}</span>
            </li>
          ))}
        </ol>
      )}
      {seen.unread.length > 0 && (
        <section aria-label={m.calendar_unread()}>
          <SectionHeading level={3}>{m.calendar_unread()}</SectionHeading>
          <p className={style.quiet}>{m.calendar_unread_hint()}</p>
          <ul className={style.list}>
            {seen.unread.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
