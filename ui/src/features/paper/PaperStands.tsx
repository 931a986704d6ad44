/** A paper that was issued: its facts, its service, its print log. */
import { type ReactNode, useState } from "react";
import { Page } from "../../app/Page";
import { useAppState } from "../../app/session";
import { Marked } from "../../form/Marked";
import { m, sayFirst } from "../../i18n";
import { dayText, moment } from "../../i18n/format";
import { type ApiError, asApiError, type PaperView, useRead, useTransport, useWrite } from "../../ipc";
import { Button, Card, Chip, DeadlineExplain, DeadlineText, ErrorNote, NumberField, SectionHeading, Select, Shape, Skeleton, TextField, Timeline, TimelineItem, toast } from "../../kit";
import css from "./Paper.module.css";
import { PersonalFacts } from "../personal/PersonalFacts";
import { ServeForm } from "./ServeForm";
import { PERSONAL_FIELDS, entryWords, modeWords, personalWords, refusedWords, resultWords, statusWords } from "./words";

export function PaperStands({ id, end }: { id: string; end: ReactNode }) {
  const read = useRead("paper.get", { id });
  if (!read.data) {
    return (
      <Page title={m.paper_card()} end={end}>
        {read.error ? <ErrorNote error={read.error} onRetry={() => void read.refetch()} /> : <Skeleton lines={6} />}
      </Page>
    );
  }
  return <Body view={read.data} end={end} />;
}

function Body({ view, end }: { view: PaperView; end: ReactNode }) {
  const { card } = view;
  const status = statusWords(card);
  const [clear, setClear] = useState<Readonly<Record<string, string>>>({});
  return (
    <Page
      title={`${sayFirst(card.label)} ${card.number}`}
      aside={
        <>
          <Chip tone={status.tone}>{status.text}</Chip>
          {card.pending && <Chip tone="offline">{m.paper_pending()}</Chip>}
        </>
      }
      end={end}
    >
      <div className={css.stands} data-testid="paper-stands">
        <div className={css.column}>
          <Card label={m.paper_card()}>
            <div className={css.column}>
              <PersonalFacts record={`paper:${card.id}`} fields={PERSONAL_FIELDS.map((name) => ({ name, label: personalWords(name) }))} masked={view.personal} mayUnmask={view.may_unmask} clear={clear} onShown={setClear} />
              <dl className={css.facts}>
                {view.deemed_on !== null && card.served_mode !== null && (
                  <>
                    <dt>{m.paper_served_on()}</dt>
                    <dd>
                      {dayText(view.deemed_on)} {modeWords(card.served_mode)}
                    </dd>
                  </>
                )}
                {view.pdf !== null && (
                  <>
                    <dt>{m.paper_hash()}</dt>
                    <dd className={css.hash}>{view.pdf}</dd>
                  </>
                )}
              </dl>
              {card.refused !== null && (
                <p className={css.waits} data-testid="paper-refused">
                  <Shape sign="cross" />
                  <span>
                    {m.paper_refused_note()} <strong>{refusedWords(view)}</strong>
                    {view.refused_why !== null && <span className={css.quiet}> {view.refused_why.article}</span>}
                  </span>
                </p>
              )}
              {view.due && (
                <p className={css.chips} data-testid="paper-due">
                  <strong>{m.paper_due()}</strong>
                  <DeadlineText due_date={view.due.due_date} workdays_left={view.due.workdays_left} bucket={view.due.bucket} provisional={view.due.provisional} />
                  <DeadlineExplain deadline={view.due} />
                </p>
              )}
              {view.may_open && <Printing view={view} />}
            </div>
          </Card>
          <Card label={m.paper_timeline()}>
            <SectionHeading>{m.paper_timeline()}</SectionHeading>
            <Timeline label={m.paper_timeline()}>
              {view.timeline.map((entry, at) => (
                <TimelineItem key={at} title={entryWords(entry)} time={moment(entry.wall_ms)} meta={entry.author} />
              ))}
            </Timeline>
          </Card>
        </div>
        <div className={css.column}>
          {view.actions.includes("serve") && <ServeForm view={view} />}
          {view.actions.includes("check") && <Checking id={card.id} />}
          {view.actions.includes("void") && <Voiding id={card.id} />}
        </div>
      </div>
    </Page>
  );
}

/** Opens the PDF, and keeps how many copies were printed. */
function Printing({ view }: { view: PaperView }) {
  const transport = useTransport();
  const desktop = useAppState().data?.host === "desktop";
  const write = useWrite("paper.print_log");
  const [copies, setCopies] = useState("1");
  const [error, setError] = useState<ApiError>();
  const attempt = async (what: () => Promise<void>) => {
    setError(undefined);
    try {
      await what();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  const open = () => attempt(() => transport.openPaper(view.card.id));
  const save = () =>
    attempt(async () => {
      const file = await transport.call("paper.pdf", { id: view.card.id });
      if (file.path !== null) toast(m.paper_saved_at({ path: file.path }), { tone: "done" });
    });
  const note = () => write.mutateAsync({ id: view.card.id, copies: Number(copies) }).catch((thrown: unknown) => setError(asApiError(thrown)));
  return (
    <>
      {error && <ErrorNote error={error} />}
      <div className={css.send}>
        <Marked name="paper-open">
          <Button tone="primary" onPress={() => void open()}>
            {m.paper_open()}
          </Button>
        </Marked>
        {desktop && (
          <Marked name="paper-save">
            <Button onPress={() => void save()}>{m.paper_save()}</Button>
          </Marked>
        )}
        <NumberField label={m.paper_copies()} scale={0} value={copies} onChange={setCopies} />
        <Marked name="paper-print">
          <Button isDisabled={write.isPending || !/^[1-9]\d?$/.test(copies)} onPress={() => void note()}>
            {m.paper_printed()}
          </Button>
        </Marked>
      </div>
    </>
  );
}

function Checking({ id }: { id: string }) {
  const write = useWrite("paper.check");
  const [error, setError] = useState<ApiError>();
  const send = (result: string) => void write.mutateAsync({ id, result, text: "" }).catch((thrown: unknown) => setError(asApiError(thrown)));
  return (
    <Card label={m.paper_check()}>
      <Marked name="paper-check">
        <Select label={m.paper_check()} value={null} options={["corrected", "partly", "not"].map((value) => ({ value, label: resultWords(value) }))} onChange={send} />
      </Marked>
      {error && <ErrorNote error={error} />}
    </Card>
  );
}

function Voiding({ id }: { id: string }) {
  const write = useWrite("paper.void");
  const [reason, setReason] = useState("");
  const [error, setError] = useState<ApiError>();
  const send = () => void write.mutateAsync({ id, reason }).catch((thrown: unknown) => setError(asApiError(thrown)));
  return (
    <Card label={m.paper_void()}>
      <SectionHeading>{m.paper_void()}</SectionHeading>
      <TextField label={m.paper_void_reason()} hint={m.paper_void_note()} value={reason} onChange={setReason} />
      {error && <ErrorNote error={error} />}
      <Button isDisabled={reason.trim() === "" || write.isPending} onPress={send}>
        {m.paper_void()}
      </Button>
    </Card>
  );
}
