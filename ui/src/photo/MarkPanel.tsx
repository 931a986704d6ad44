/** Beside the picture: the tools, the mark being made, and every mark with who made it and when. */
import { ArrowUpRight, Eye, EyeOff, MessageCircle, Ruler, Square, Trash2, Type, VenetianMask, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { m } from "../i18n";
import { moment } from "../i18n/format";
import type { MarkView } from "../ipc";
import { Button, CheckBox, ErrorNote, IconButton, TextField, Toggle } from "../kit";
import { HIDDEN, KINDS, ready } from "./marks";
import css from "./Marks.module.css";
import type { Marks } from "./useMarks";
import { hidesWords, markWords } from "./words";

const ICONS = { arrow: ArrowUpRight, box: Square, text: Type, length: Ruler, mosaic: VenetianMask, comment: MessageCircle };

/** One of two compared photos. */
export type Side = { hash: string; words: string };

type Props = { marks: Marks; sides: readonly Side[]; mayLookUnder: boolean; onLook: (mark: MarkView) => void; onClose: () => void };

export default function MarkPanel({ marks, sides, mayLookUnder, onLook, onClose }: Props) {
  const panel = useRef<HTMLElement>(null);
  const { all, tool, draft } = marks;
  // The tool is put away: the keyboard comes back from the picture to the tools.
  useEffect(() => {
    if (tool === undefined) panel.current?.focus({ preventScroll: true });
  }, [tool]);
  return (
    <section
      ref={panel}
      className={css.panel}
      tabIndex={-1}
      aria-label={m.photo_marks()}
      data-testid="photo-mark-panel"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        if (tool !== undefined) marks.setTool(undefined);
        else onClose();
      }}
    >
      <div className={css.head}>
        <h3>{m.photo_marks_count({ count: all.length })}</h3>
        <IconButton dense label={marks.shown ? m.photo_marks_hide() : m.photo_marks_show()} keys="L" onPress={marks.toggleShown} icon={marks.shown ? <Eye /> : <EyeOff />} />
        <IconButton dense label={m.kit_close()} onPress={onClose} icon={<X />} />
      </div>
      {sides.length > 1 && (
        <div className={css.sides} role="group" aria-label={m.photo_marks_of()}>
          {sides.map(({ hash, words }) => (
            <Toggle key={hash} on={marks.target?.hash === hash} onPress={() => marks.aim(hash)}>
              {words}
            </Toggle>
          ))}
        </div>
      )}
      {marks.mayAdd && (
        <div className={css.tools} role="group" aria-label={m.photo_mark_tools()}>
          {KINDS.map((kind) => {
            const Icon = ICONS[kind];
            return (
              <Toggle key={kind} on={tool === kind} onPress={() => marks.setTool(tool === kind ? undefined : kind)}>
                <Icon aria-hidden="true" size={18} />
                {markWords(kind)}
              </Toggle>
            );
          })}
        </div>
      )}
      {tool !== undefined && (
        <p id={marks.ids.how} className={css.how} role="status">
          {draft ? m.photo_mark_how_placed() : m.photo_mark_how()}
        </p>
      )}
      {draft && <DraftPart marks={marks} />}
      {marks.error && <ErrorNote error={marks.error} />}
      {mayLookUnder && all.some((mark) => mark.kind === "mosaic") && (
        <CheckBox isSelected={marks.under} onChange={marks.setUnder}>
          {m.photo_mark_under()}
        </CheckBox>
      )}
      <ol className={css.list}>
        {all.map((mark, i) => (
          <li key={mark.id} data-chosen={mark.id === marks.chosen || undefined}>
            <button type="button" className={css.one} aria-current={mark.id === marks.chosen ? "true" : undefined} onFocus={() => marks.choose(mark.id)} onClick={() => onLook(mark)}>
              <span>
                <b>{i + 1}</b> {mark.kind === "mosaic" && mark.hides !== null ? m.photo_mark_hidden({ what: hidesWords(mark.hides) }) : markWords(mark.kind)}
                {mark.text !== "" && <q>{mark.text}</q>}
              </span>
              <small>
                {mark.by_name} · {moment(Date.parse(mark.at))}
              </small>
            </button>
            {mark.removable && (
              <IconButton
                dense
                label={m.photo_mark_remove({ n: i + 1, kind: markWords(mark.kind) })}
                isDisabled={marks.busy}
                onPress={() => {
                  panel.current?.focus({ preventScroll: true });
                  void marks.remove(mark.id);
                }}
                icon={<Trash2 />}
              />
            )}
          </li>
        ))}
      </ol>
      {all.length === 0 && tool === undefined && <p className={css.how}>{m.photo_marks_none()}</p>}
    </section>
  );
}

function DraftPart({ marks }: { marks: Marks }) {
  const { draft } = marks;
  if (!draft) return null;
  return (
    <div className={css.draft}>
      {draft.kind === "mosaic" ? (
        <div role="group" aria-label={m.photo_mark_hides()} className={css.tools}>
          {HIDDEN.map((what) => (
            <Toggle key={what} on={draft.hides === what} onPress={() => marks.hide(what)}>
              {hidesWords(what)}
            </Toggle>
          ))}
        </div>
      ) : (
        <TextField id={marks.ids.text} label={draft.kind === "length" ? m.photo_mark_length() : m.photo_mark_text()} value={draft.text} onChange={marks.say} onEnter={() => void marks.save()} maxLength={200} autoComplete="off" />
      )}
      <div className={css.row}>
        <Button dense tone="primary" isDisabled={!ready(draft) || marks.busy} onPress={() => void marks.save()}>
          {m.photo_mark_save()}
        </Button>
        <Button dense onPress={() => marks.place(undefined)}>
          {m.kit_cancel()}
        </Button>
      </div>
    </div>
  );
}
