/** The form of one draft: photos left, facts right, saving below. One screen, no steps. */
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Page } from "../../app/Page";
import { useCommands } from "../../command";
import { FieldForm } from "../../form/FieldForm";
import { m } from "../../i18n";
import { clockSeconds } from "../../i18n/format";
import { type ApiError, asApiError, type CaseCard, type Catalogue, type DraftContent, type DraftView, type Recorded, useTransport, useWrite } from "../../ipc";
import { Button, CheckBox, ErrorNote, SectionHeading, Select, TextField, toast } from "../../kit";
import { Marked } from "../../form/Marked";
import { say } from "../../i18n";
import css from "./Capture.module.css";
import { DeadlinePart } from "./DeadlinePart";
import { Duplicates } from "./Duplicates";
import { errorAt } from "./errorAt";
import { NotePart } from "./NotePart";
import { PhotoPart } from "./PhotoPart";
import { isClosed, Rebound } from "./Rebound";
import { PlacePart } from "./PlacePart";
import { offered, reslot, seats } from "./slots";
import { TypePart } from "./TypePart";
import { categoryOf } from "./types";
import { useWhere } from "./where";
import { isUntouched, useDraft } from "./useDraft";
import { pictures, usePhotos } from "./usePhotos";

type Props = {
  opened: DraftView;
  /** Made just now for this screen: thrown away when nothing was put into it. */
  fresh: boolean;
  catalogue: Catalogue;
  onLeave: () => void;
  onOpenCase: (id: string) => void;
  onRecorded: (recorded: Recorded, content: DraftContent, next: boolean) => void;
};

export function CaptureForm({ opened, fresh, catalogue, onLeave, onOpenCase, onRecorded }: Props) {
  const transport = useTransport();
  const where = useWhere();
  const record = useWrite("draft.record");
  const draft = useDraft(opened);
  const { content, view, change } = draft;
  const category = categoryOf(catalogue, content.type_code);
  const slots = category?.slots ?? [];
  const photos = usePhotos(draft, seats(category?.slots));
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<ApiError>();
  const [over, setOver] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const saving = useRef(false);
  const latest = useRef(draft);
  latest.current = draft;

  // The very draft this screen opened, and nobody put anything into it: not worth keeping. A moment's
  // wait tells leaving from being drawn anew in place.
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(leaving.current);
    return () => {
      if (!fresh || !isUntouched(latest.current.content)) return;
      leaving.current = setTimeout(() => void transport.call("draft.discard", { id: opened.id }).catch(() => {}), 0);
    };
  }, [fresh, opened.id, transport]);

  const atDoor = view.duplicates.filter((card) => !content.not_same_as.includes(card.id));
  const open = atDoor.filter((card) => !isClosed(card));
  const closed = atDoor.find(isClosed);

  const save = async (next: boolean) => {
    if (saving.current) return;
    saving.current = true;
    setTried(true);
    setError(undefined);
    try {
      // A photo on its way belongs to this case.
      await photos.importing.settled();
      await draft.flush();
      // React has not drawn the answer yet; ask the server side, which judges what is on disk.
      const now = await transport.call("draft.get", { id: opened.id });
      if (now.problems.length > 0) {
        goTo(root.current, now.problems[0]?.field ?? "");
        return;
      }
      const done = await record.mutateAsync({ id: opened.id });
      draft.stop();
      if (next) toast(where.toast(done.case_no), { tone: "done" });
      onRecorded(done, latest.current.content, next);
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      saving.current = false;
    }
  };

  const leave = () => {
    if (!isUntouched(content)) toast(m.capture_left_as_draft({ time: clockSeconds(Date.now()) }));
    onLeave();
  };

  const join = async (card: CaseCard) => {
    setError(undefined);
    try {
      await draft.flush();
      if (content.photos.length > 0) await transport.call("case.add_photos", { id: card.id, photos: content.photos });
      if (content.note.trim() !== "") await transport.call("case.note", { id: card.id, text: content.note });
      draft.stop();
      await transport.call("draft.discard", { id: opened.id });
      toast(m.capture_joined({ no: card.no }), { tone: "done" });
      onOpenCase(card.id);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };

  // Esc that closes an open list is not Esc that leaves.
  const escOfList = useRef(false);
  const noteEsc = (event: KeyboardEvent) => {
    if (event.key === "Escape") escOfList.current = (event.target as Element).getAttribute("aria-expanded") === "true";
  };
  useCommands([
    { id: "capture.save", scope: "form", keys: ["Mod+Enter"], inFields: true, label: where.save(), run: () => void save(false) },
    { id: "capture.save_next", scope: "form", keys: ["Mod+Shift+Enter"], inFields: true, label: m.capture_save_next(), run: () => void save(true) },
    {
      id: "capture.leave",
      scope: "form",
      keys: ["Escape"],
      inFields: true,
      label: m.capture_leave(),
      run: () => {
        if (!escOfList.current) leave();
        escOfList.current = false;
      },
    },
  ]);

  const setType = (code: string | null) =>
    change((now) => {
      const next = categoryOf(catalogue, code);
      return { type_code: code, photos: code === null ? now.photos : reslot(now.photos, seats(next?.slots), offered(next?.slots, now.photos)) };
    });
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void photos.importing.bring(pictures(event.dataTransfer), "drop");
  };
  const pasted = (event: ClipboardEvent) => {
    const files = pictures(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    void photos.importing.bring(files, "paste");
  };
  useWindowPaste((data) => void photos.importing.bring(pictures(data), "paste"));

  const typeSeverity = category?.severity;
  const unanswered = tried && open.length > 0;
  const saved = (
    <span data-testid="capture-saved" data-dirty={draft.dirty || undefined}>
      {draft.error === null ? where.saved(draft.savedMs) : m.capture_not_saved()}
    </span>
  );
  const stop = (
    <Button tone="quiet" keys="Escape" onPress={leave}>
      {m.capture_leave()}
    </Button>
  );
  return (
    <Page title={m.capture_title()} aside={saved} end={stop} fill>
      <div
        ref={root}
        className={css.screen}
        data-over={over || undefined}
        data-testid="capture"
        onKeyDownCapture={noteEsc}
        onPaste={pasted}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={(event) => event.currentTarget === event.target && setOver(false)}
        onDrop={dropped}
      >
        {draft.error !== null && <ErrorNote error={draft.error} onRetry={() => void draft.flush()} />}
        {error && <ErrorNote error={error} />}
        <div className={css.columns}>
          <div className={css.column}>
            <PhotoPart
              draft={draft}
              photos={photos}
              slots={slots}
              error={errorAt(view.problems, "photos", tried) ?? undefined}
              noPhoto={
                <Marked name="capture-no-photo">
                  <TextField label={m.capture_no_photo()} value={content.no_photo_reason} onChange={(v) => change({ no_photo_reason: v })} error={errorAt(view.problems, "no_photo_reason", tried)} />
                </Marked>
              }
            />
            {closed && <Rebound card={closed} counts={content.rebound_of !== ""} onChange={(counts) => change(() => ({ rebound_of: counts ? null : "" }))} />}
            <Duplicates
              cases={open}
              catalogue={catalogue}
              unanswered={unanswered}
              onJoin={(card) => void join(card)}
              onNotSame={(card) => change((now) => ({ not_same_as: [...now.not_same_as, card.id] }))}
            />
            <section className={css.part} aria-label={m.capture_note()}>
              <NotePart
                value={content.note}
                phrases={catalogue.phrases.filter((p) => p.category === category?.code)}
                error={errorAt(view.problems, "note", tried)}
                onChange={(note) => change({ note })}
              />
            </section>
          </div>
          <div className={css.column}>
            <PlacePart draft={draft} tried={tried} round={fresh ? opened.content.compound_id : null} />
            <TypePart catalogue={catalogue} typeCode={content.type_code} error={errorAt(view.problems, "type", tried)} onType={setType} />
            {category && content.type_code !== null && (
              <section className={css.part} aria-label={m.capture_fields()}>
                <SectionHeading>{m.capture_fields()}</SectionHeading>
                <FieldForm
                  key={category.code}
                  fields={category.fields}
                  values={content.fields}
                  visible={view.visible}
                  problems={view.problems}
                  computed={view.computed}
                  tried={tried}
                  onChange={(fields) => change({ fields })}
                />
                <div className={css.more}>
                  <CheckBox isSelected={content.in_progress} onChange={(on) => change({ in_progress: on })}>
                    {m.capture_in_progress()}
                  </CheckBox>
                  <Select
                    className={css.severity}
                    label={m.capture_severity()}
                    value={content.severity ?? typeSeverity ?? null}
                    onChange={(v) => change({ severity: v === typeSeverity ? null : v })}
                    options={catalogue.severities.map((s) => ({ value: s.value, label: say(s.label), ...(s.value === typeSeverity ? { description: m.capture_severity_by_type() } : {}) }))}
                  />
                </div>
              </section>
            )}
            {content.type_code !== null && <DeadlinePart deadline={view.deadline} choice={content.deadline} onChange={(deadline) => change({ deadline })} />}
          </div>
        </div>
        <footer className={css.footer}>
          <Marked name="capture-save">
            <Button tone="primary" keys="Mod+Enter" onPress={() => void save(false)}>
              {where.save()}
            </Button>
          </Marked>
          <Marked name="capture-save-next">
            <Button keys="Mod+Shift+Enter" onPress={() => void save(true)}>
              {m.capture_save_next()}
            </Button>
          </Marked>
          <span className={css.quiet}>{where.promise()}</span>
        </footer>
      </div>
    </Page>
  );
}

/** Moves to the first thing that is missing: the eye and the keyboard together. */
function goTo(root: HTMLElement | null, field: string) {
  const part = root?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
  part?.scrollIntoView({ block: "center" });
  part?.querySelector<HTMLElement>("input:not([type=file]), textarea, button")?.focus({ preventScroll: true });
}

/** A picture in the clipboard, wherever the focus is. */
function useWindowPaste(take: (data: DataTransfer) => void) {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const paste = (event: globalThis.ClipboardEvent) => {
      if (event.defaultPrevented || !event.clipboardData || pictures(event.clipboardData).length === 0) return;
      event.preventDefault();
      latest.current(event.clipboardData);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, []);
}
