import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { CasesSearch } from "../../app/router";
import { Page } from "../../app/Page";
import { useCommands } from "../../command";
import { m, say } from "../../i18n";
import { countText } from "../../i18n/format";
import type { CaseCard } from "../../ipc";
import { Button, EmptyState, ErrorNote, Skeleton, VirtualGrid, deadlineText } from "../../kit";
import { Filters } from "./Filters";
import { useCaseColumns } from "./columns";
import { caseRowLabel } from "./place";
import { useCasePages } from "./useCasePages";
import style from "./Cases.module.css";

/** Where the list stood for these filters, so that coming back finds the same row. */
const lastRow = new Map<string, number>();

/** 案件: all cases this person may see; filters live in the address. */
export function CasesScreen() {
  const search = useSearch({ from: "/cases" });
  const navigate = useNavigate();
  const pages = useCasePages(search);
  const columns = useCaseColumns();
  const place = JSON.stringify(search);
  const [active, setActive] = useState(() => lastRow.get(place) ?? 0);
  const field = useRef<HTMLInputElement>(null);
  const setSearch = (part: CasesSearch) => {
    setActive(0);
    void navigate({ to: "/cases", search: { ...search, ...part }, replace: true });
  };
  const open = (card: CaseCard) => void navigate({ to: "/cases/$id", params: { id: card.id }, search: {} });
  const moveTo = (index: number) => {
    lastRow.set(place, index);
    setActive(index);
  };
  useListKeys({ total: pages.total, active, moveTo, open: () => openActive(pages.get(active), open), filter: () => field.current?.focus() });

  return (
    <Page title={m.cases_title()} aside={pages.known && <span role="status">{m.cases_total({ count: pages.total, text: countText(pages.total) })}</span>} fill>
      <Filters search={search} onChange={setSearch} fieldRef={field} />
      {pages.error && <ErrorNote error={pages.error} onRetry={pages.retry} />}
      {pages.total > 0 ? (
        <VirtualGrid
          label={m.cases_title()}
          columns={columns}
          rowCount={pages.total}
          getRow={pages.get}
          rowKey={(c) => c.id}
          rowLabel={(c) => caseRowLabel(c, say(c.type_label), deadlineText(c))}
          rowHeight={4.25}
          active={active}
          onActive={moveTo}
          onOpen={open}
          onRange={pages.onRange}
        />
      ) : pages.known ? (
        <EmptyState title={m.cases_none()} why={m.cases_none_why()}>
          <Button onPress={() => void navigate({ to: "/cases", search: {}, replace: true })}>{m.cases_clear()}</Button>
        </EmptyState>
      ) : (
        !pages.error && (
          <div className={style.waiting}>
            <Skeleton lines={8} />
          </div>
        )
      )}
    </Page>
  );
}

function openActive(card: CaseCard | undefined, open: (card: CaseCard) => void): void {
  if (card) open(card);
}

function useListKeys(keys: { total: number; active: number; moveTo: (index: number) => void; open: () => void; filter: () => void }): void {
  const by = (step: number) => keys.moveTo(Math.max(0, Math.min(keys.total - 1, keys.active + step)));
  useCommands([
    { id: "cases.down", label: m.app_next_row(), keys: ["j"], scope: "list", hidden: true, run: () => by(1) },
    { id: "cases.up", label: m.app_previous_row(), keys: ["k"], scope: "list", hidden: true, run: () => by(-1) },
    { id: "cases.open", label: m.app_open(), keys: ["Enter"], scope: "list", hidden: true, run: keys.open },
    { id: "cases.filter", label: m.cases_filter(), keys: ["/"], scope: "list", run: keys.filter },
  ]);
}
