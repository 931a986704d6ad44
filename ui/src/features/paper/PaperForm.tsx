/** 制作文书: what is filled on the left, the page as it will be printed on the right. */
import { type ReactNode, useEffect, useState } from "react";
import { Page } from "../../app/Page";
import { Refusal } from "../proceeding/Refusal";
import { type Limit, LimitInput, limitOf } from "../../form/LimitInput";
import { Marked } from "../../form/Marked";
import { problemWords } from "../../form/problem";
import { m, say, sayFirst } from "../../i18n";
import { type ApiError, asApiError, type PaperContent, type PaperPrepared, type PaperPreview, useRead, useTransport, useWrite } from "../../ipc";
import { Button, CheckGroup, ConfirmDialog, ErrorNote, Select, Skeleton, toast } from "../../kit";
import css from "./Paper.module.css";
import { PaperInput } from "./PaperInput";
import { isAsked, type PaperOf } from "./asked";
import { DraftLine, ProceedingInput, WaitsNote } from "./FormParts";
import { usePaperDraft } from "./usePaperDraft";

/** After the last key, before the page is set again. */
const PREVIEW_AFTER_MS = 600;

type Props = { of: PaperOf; template: string; end: ReactNode; onIssued: (id: string) => void };

export function PaperForm({ of, template, end, onIssued }: Props) {
  const read = useRead("paper.prepare", { ...of, template }, { fresh: true });
  const discard = useWrite("paper.draft_discard");
  const [begun, setBegun] = useState(0);
  const again = async () => {
    await discard.mutateAsync({ ...of, template });
    await read.refetch();
    setBegun((times) => times + 1);
  };
  if (!read.data) {
    return (
      <Page title={m.paper_make()} end={end}>
        {read.error ? <ErrorNote error={read.error} onRetry={() => void read.refetch()} /> : <Skeleton lines={8} />}
      </Page>
    );
  }
  return <Filling key={begun} prepared={read.data} end={end} onIssued={onIssued} onAgain={again} />;
}

type FillingProps = { prepared: PaperPrepared; end: ReactNode; onIssued: (id: string) => void; onAgain: () => Promise<void> };

function Filling({ prepared, end, onIssued, onAgain }: FillingProps) {
  const { form } = prepared;
  const [content, setContent] = useState<PaperContent>(prepared.content);
  const [limit, setLimit] = useState<Limit>({ n: String(prepared.content.clock?.n ?? ""), unit: prepared.content.clock?.unit ?? "day" });
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<ApiError>();
  const write = useWrite("paper.issue");
  const now: PaperContent = { ...content, clock: prepared.has_clock ? limitOf(limit) : null };
  const preview = usePreview(now);
  const draft = usePaperDraft(now, prepared.saved_ms);
  const waits = preview?.waits ?? null;
  const problems = preview?.problems ?? [];
  const fault = (key: string) => problems.find((p) => p.field === key);
  const words = (key: string) => {
    const found = fault(key);
    return found && found.code !== "required" ? problemWords({ ...found, params: {} }) : null;
  };
  const issue = async () => {
    setAsking(false);
    setError(undefined);
    try {
      await draft.flush();
      const made = await write.mutateAsync(now);
      toast(m.paper_issued({ number: made.card.number || made.card.case_no }), { tone: "done" });
      onIssued(made.card.id);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  const signer = (at: number, user: string) => setContent({ ...content, officers: Array.from({ length: prepared.officers }, (_, i) => (i === at ? user : (content.officers[i] ?? ""))) });
  return (
    <Page
      title={sayFirst(form.label)}
      aside={
        <>
          <span className={css.quiet}>{form.needs_number ? (prepared.next_number ? m.paper_number_next({ number: prepared.next_number }) : m.paper_number_none()) : null}</span>
          <DraftLine draft={draft} onAgain={() => void onAgain()} />
        </>
      }
      end={end}
    >
      {waits && <WaitsNote waits={waits} proceeding={now.proceeding} />}
      <div className={css.sides} data-testid="paper-form">
        <section aria-label={m.paper_form()} className={css.form}>
          {prepared.of_proceeding && <ProceedingInput choices={prepared.proceedings} value={content.proceeding} onChange={(proceeding) => setContent({ ...content, proceeding })} />}
          {form.fields
            .filter((f) => !/^officer\d_/.test(f.key) && isAsked(f, content.fields))
            .map((field) => (
              <Marked key={field.key} name={`paper-${field.key}`}>
                <PaperInput field={field} value={content.fields[field.key]} error={words(field.key)} onChange={(value) => setContent({ ...content, fields: { ...content.fields, [field.key]: value } })} />
              </Marked>
            ))}
          {prepared.has_clock && (
            <fieldset className={css.table}>
              <legend>{m.paper_clock()}</legend>
              <LimitInput value={limit} onChange={setLimit} />
            </fieldset>
          )}
          {Array.from({ length: prepared.officers }, (_, at) => (
            <Marked key={at} name={`paper-officer-${at + 1}`}>
              <Select
                label={m.paper_officer({ at: at + 1 })}
                required
                value={content.officers[at] || null}
                options={prepared.officer_choices.filter((o) => o.user === content.officers[at] || !content.officers.includes(o.user)).map((o) => ({ value: o.user, label: `${o.name} ${o.certificate}` }))}
                onChange={(user) => signer(at, user)}
              />
            </Marked>
          ))}
          {prepared.photo_choices.length > 0 && (
            <CheckGroup
              label={m.paper_photos()}
              options={prepared.photo_choices.map((p, at) => ({ value: p.hash, label: `${p.caption} ${at + 1}` }))}
              value={content.photos}
              onChange={(photos) => setContent({ ...content, photos })}
            />
          )}
          {draft.error && <ErrorNote error={draft.error} />}
          {error && <Refusal error={error} />}
          <div className={css.send}>
            {problems.length > 0 && <span className={css.quiet}>{m.paper_left({ count: problems.length })}</span>}
            <Marked name="paper-issue">
              <Button tone="primary" isDisabled={write.isPending || problems.length > 0 || waits !== null || preview === undefined} onPress={() => setAsking(true)}>
                {m.paper_issue()}
              </Button>
            </Marked>
          </div>
        </section>
        <section aria-label={m.paper_preview()} className={css.pages}>
          {preview?.failed && <ErrorNote error={preview.failed} />}
          {preview === undefined && <p className={css.quiet}>{m.paper_preview_wait()}</p>}
          {preview?.pages.map((page, at) => (
            <img key={at} className={css.sheet} src={`data:image/png;base64,${page}`} alt={m.paper_page_of({ page: at + 1 })} data-testid="paper-page" />
          ))}
        </section>
      </div>
      <ConfirmDialog title={m.paper_issue_title({ label: say(form.label) })} isOpen={asking} verb={m.paper_issue()} onConfirm={() => void issue()} onClose={() => setAsking(false)}>
        {m.paper_issue_note()}
      </ConfirmDialog>
    </Page>
  );
}

/** The pages of what stands in the form, set again a moment after the last change. */
function usePreview(content: PaperContent): PaperPreview | undefined {
  const transport = useTransport();
  const [preview, setPreview] = useState<PaperPreview>();
  const text = JSON.stringify(content);
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(() => {
      transport
        .call("paper.preview", JSON.parse(text) as PaperContent)
        .then((made) => !stale && setPreview(made))
        .catch((thrown: unknown) => !stale && setPreview({ pages: [], problems: [], waits: null, failed: asApiError(thrown) }));
    }, PREVIEW_AFTER_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [text, transport]);
  return preview;
}
