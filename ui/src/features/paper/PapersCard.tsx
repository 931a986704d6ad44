/** 文书 on the page of a case or a round: what was issued and how it stands, what is half filled, the way to the next. */
import { useNavigate } from "@tanstack/react-router";
import { m, sayFirst } from "../../i18n";
import { clock, dayText, isoDate } from "../../i18n/format";
import { type PaperCard, type PaperDraft, useRead } from "../../ipc";
import { Card, Chip, ErrorNote, SectionHeading, Select } from "../../kit";
import { Marked } from "../../form/Marked";
import css from "./Paper.module.css";
import { type PaperOf, ofCase, ofRound } from "./asked";
import { statusWords } from "./words";

type Props = { of: PaperOf; onOpen: (search: { template?: string; paper?: string }) => void };

export function PapersCard({ of, onOpen }: Props) {
  const list = useRead("paper.list", { case_id: of.case_id || null, round: of.round || null, duty: null, offset: 0, limit: 200 });
  const offered = useRead("paper.templates", of);
  const drafts = useRead("paper.draft_list", of);
  const rows = list.data?.rows ?? [];
  const choices = offered.data ?? [];
  const begun = drafts.data ?? [];
  if (rows.length === 0 && choices.length === 0) return null;
  return (
    <Card label={m.paper_card()}>
      <SectionHeading>{m.paper_card()}</SectionHeading>
      {list.error && <ErrorNote error={list.error} />}
      {rows.length === 0 && begun.length === 0 && <p className={css.quiet}>{m.paper_none()}</p>}
      <ul className={css.list} data-testid="papers">
        {begun.map((draft) => (
          <li key={draft.template}>
            <DraftRow draft={draft} onOpen={() => onOpen({ template: draft.template })} />
          </li>
        ))}
        {rows.map((row) => (
          <li key={row.id}>
            <PaperRow row={row} onOpen={() => onOpen({ paper: row.id })} />
          </li>
        ))}
      </ul>
      {choices.length > 0 && (
        <Marked name="paper-make">
          <Select
            label={m.paper_make()}
            placeholder={m.paper_choose()}
            value={null}
            options={choices.map((t) => ({ value: t.code, label: `${sayFirst(t.label)} ${t.code}` }))}
            onChange={(template) => onOpen({ template })}
          />
        </Marked>
      )}
    </Card>
  );
}

export function CasePapers({ id }: { id: string }) {
  const navigate = useNavigate();
  return <PapersCard of={ofCase(id)} onOpen={(search) => void navigate({ to: "/cases/$id/papers", params: { id }, search })} />;
}

export function RoundPapers({ id }: { id: string }) {
  const navigate = useNavigate();
  return <PapersCard of={ofRound(id)} onOpen={(search) => void navigate({ to: "/rounds/$id/papers", params: { id }, search })} />;
}

function DraftRow({ draft, onOpen }: { draft: PaperDraft; onOpen: () => void }) {
  return (
    <button type="button" className={css.paper} onClick={onOpen} data-testid="paper-draft-row">
      <span className={css.paperName}>{sayFirst(draft.label)}</span>
      <span className={css.chips}>
        <Chip tone="neutral">{m.paper_draft()}</Chip>
        <span className={css.quiet}>{m.paper_draft_saved({ time: `${dayText(isoDate(draft.saved_ms))} ${clock(draft.saved_ms)}` })}</span>
      </span>
    </button>
  );
}

export function PaperRow({ row, onOpen }: { row: PaperCard; onOpen: () => void }) {
  const status = statusWords(row);
  return (
    <button type="button" className={css.paper} onClick={onOpen} data-testid="paper-row">
      <span className={css.paperName}>{sayFirst(row.label)}</span>
      <span className={css.quiet}>{row.number || row.case_no || dayText(row.date)}</span>
      <span className={css.chips}>
        <Chip tone={status.tone}>{status.text}</Chip>
        {row.pending && <Chip tone="offline">{m.paper_pending()}</Chip>}
        {row.due_date !== null && row.status === "served" && (
          <span>
            {m.paper_due()} {dayText(row.due_date)}
          </span>
        )}
      </span>
    </button>
  );
}
