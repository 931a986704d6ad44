/** 文书 on the case page: what was issued and how it stands, and the way to the next one. */
import { useNavigate } from "@tanstack/react-router";
import { m, say } from "../../i18n";
import { dayText } from "../../i18n/format";
import { type PaperCard, useRead } from "../../ipc";
import { Card, Chip, ErrorNote, SectionHeading, Select } from "../../kit";
import { Marked } from "../../form/Marked";
import css from "./Paper.module.css";
import { statusWords } from "./words";

export function PapersCard({ caseId }: { caseId: string }) {
  const list = useRead("paper.list", { case_id: caseId, duty: null, offset: 0, limit: 200 });
  const offered = useRead("paper.templates", { case_id: caseId });
  const navigate = useNavigate();
  const open = (search: { template?: string; paper?: string }) => void navigate({ to: "/cases/$id/papers", params: { id: caseId }, search });
  const rows = list.data?.rows ?? [];
  if (rows.length === 0 && (offered.data ?? []).length === 0) return null;
  return (
    <Card label={m.paper_card()}>
      <SectionHeading>{m.paper_card()}</SectionHeading>
      {list.error && <ErrorNote error={list.error} />}
      {rows.length === 0 && <p className={css.quiet}>{m.paper_none()}</p>}
      <ul className={css.list} data-testid="papers">
        {rows.map((row) => (
          <li key={row.id}>
            <PaperRow row={row} onOpen={() => open({ paper: row.id })} />
          </li>
        ))}
      </ul>
      {(offered.data ?? []).length > 0 && (
        <Marked name="paper-make">
          <Select
            label={m.paper_make()}
            placeholder={m.paper_choose()}
            value={null}
            options={(offered.data ?? []).map((t) => ({ value: t.code, label: `${say(t.label)} ${t.code}` }))}
            onChange={(template) => open({ template })}
          />
        </Marked>
      )}
    </Card>
  );
}

export function PaperRow({ row, onOpen }: { row: PaperCard; onOpen: () => void }) {
  const status = statusWords(row);
  return (
    <button type="button" className={css.paper} onClick={onOpen} data-testid="paper-row">
      <span className={css.paperName}>{say(row.label)}</span>
      <span className={css.quiet}>{row.number || row.case_no}</span>
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
