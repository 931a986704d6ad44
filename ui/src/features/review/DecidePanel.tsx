/**
 * 退回, 不予立案, 转疑难: beside the photos, never over them. Digits choose a reason, its sentence can be
 * edited, and a return names the photo that is missing.
 */
import { useEffect, useRef } from "react";
import { type Command, useCommands } from "../../command";
import { m, say } from "../../i18n";
import type { PhotoSlot, Reason } from "../../ipc";
import { Button, isIme, Kbd, TextArea } from "../../kit";
import { Marked } from "../../form/Marked";
import { keepFocus } from "../../kit/focus";
import { slotWords } from "../../photo/words";
import { type Draft, lacks, withReason, withText } from "./decision";
import { decisionWords } from "./words";
import css from "./Review.module.css";

type Props = { draft: Draft; reasons: readonly Reason[]; slots: readonly PhotoSlot[]; onChange: (draft: Draft) => void; onSend: () => void; onClose: () => void };

export function DecidePanel({ draft, reasons, slots, onChange, onSend, onClose }: Props) {
  const text = useRef<HTMLTextAreaElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const slotName = draft.slot === null ? "" : slotWords(draft.slot, slots);
  const missing = lacks(draft);
  const pick = (reason: Reason) => onChange(withReason(draft, reason, say, slotName));
  const pickSlot = (slot: PhotoSlot | undefined) => {
    if (!slot) return;
    const template = draft.untouched && draft.reason ? { text: say(draft.reason.template).replaceAll("{slot}", say(slot.label)) } : {};
    onChange({ ...draft, slot: slot.key, ...template });
  };
  const shown = reasons.slice(0, 9);

  // The keyboard is taken from whatever button had it, so that digits and Enter mean the panel.
  useEffect(() => head.current?.focus(), [draft.kind]);

  useCommands([
    ...shown.map((reason, i): Command => ({
      id: `review.reason.${i + 1}`,
      scope: "review",
      keys: [String(i + 1)],
      label: say(reason.label),
      group: m.review_reason(),
      hidden: true,
      run: () => pick(reason),
    })),
    { id: "review.panel.send", scope: "review", keys: ["Enter"], label: m.review_send(), hidden: true, run: onSend },
    { id: "review.panel.send_now", scope: "review", keys: ["Mod+Enter"], inFields: true, label: m.review_send(), hidden: true, run: onSend },
    { id: "review.panel.close", scope: "review", keys: ["Escape"], inFields: true, label: m.review_close_panel(), hidden: true, run: onClose },
    {
      id: "review.panel.slot",
      scope: "review",
      keys: ["p"],
      label: m.review_next_slot(),
      hidden: true,
      when: draft.kind === "return" && draft.reason?.names_slot === true && slots.length > 0,
      run: () => pickSlot(slots[(slots.findIndex((s) => s.key === draft.slot) + 1) % slots.length]),
    },
    { id: "review.panel.write", scope: "review", keys: ["m"], label: m.review_write(), hidden: true, run: () => text.current?.focus() },
  ]);

  return (
    <section className={css.panel} aria-label={decisionWords(draft.kind)} data-testid="review-panel">
      <h2 ref={head} tabIndex={-1}>
        {decisionWords(draft.kind)}
      </h2>
      <div role="group" aria-label={m.review_reason()} className={css.reasons}>
        {shown.map((reason, i) => (
          <button
            key={reason.code}
            type="button"
            aria-pressed={draft.reason?.code === reason.code}
            onMouseDown={keepFocus}
            className={css.reason}
            onClick={() => pick(reason)}
            data-testid={`reason-${reason.code}`}
          >
            <Kbd keys={String(i + 1)} />
            {say(reason.label)}
          </button>
        ))}
      </div>
      {draft.kind === "return" && draft.reason?.names_slot && (
        <div role="group" aria-label={m.review_which_photo()} className={css.slotPick}>
          <span>
            {m.review_which_photo()} <Kbd keys="P" />
          </span>
          {slots.map((slot) => (
            <button key={slot.key} type="button" aria-pressed={draft.slot === slot.key} onMouseDown={keepFocus} className={css.reason} onClick={() => pickSlot(slot)} data-testid={`slot-${slot.key}`}>
              {say(slot.label)}
            </button>
          ))}
        </div>
      )}
      <div
        onKeyDown={(event) => {
          // Enter writes a line; Ctrl+Enter, which the desk listens for, sends.
          if (isIme(event)) event.stopPropagation();
        }}
      >
        <Marked name="review-reason-text">
          <TextArea label={m.review_text()} hint={m.review_text_hint()} value={draft.text} onChange={(v) => onChange(withText(draft, v))} areaRef={text} rows={3} />
        </Marked>
      </div>
      <div className={css.panelFoot}>
        <Button tone="primary" keys="Enter" isDisabled={missing !== null} onPress={onSend}>
          {decisionWords(draft.kind)}
        </Button>
        <Button dense keys="Escape" onPress={onClose}>
          {m.review_close_panel()}
        </Button>
        {missing !== null && <span className={css.lack}>{missing === "slot" ? m.review_lack_slot() : missing === "text" ? m.review_lack_text() : m.review_lack_reason()}</span>}
      </div>
    </section>
  );
}
