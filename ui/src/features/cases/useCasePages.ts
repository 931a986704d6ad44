/** Pages of 200 rows from Rust, read as they come into view; at most four pages around the view are asked for. */
import { useQueries } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { CasesSearch } from "../../app/router";
import { type ApiError, type CaseCard, type CasePage, type CaseQuery, asApiError, readKey, useTransport } from "../../ipc";

export const PAGE_ROWS = 200;
const PAGES_MAX = 4;

export function caseQuery(search: CasesSearch, page: number): CaseQuery {
  return {
    status: search.status ? search.status.split(",") : [],
    compound_id: search.compound ?? null,
    category: search.category ?? null,
    text: search.text ?? "",
    bucket: search.bucket ?? null,
    mine: search.mine ?? false,
    duty: search.duty ?? null,
    offset: page * PAGE_ROWS,
    limit: PAGE_ROWS,
  };
}

/** Pages that the rows `first..last` lie on, the nearest ones first wanted, never more than four. */
export function pagesFor(first: number, last: number): number[] {
  const from = Math.floor(first / PAGE_ROWS);
  const to = Math.min(Math.floor(last / PAGE_ROWS), from + PAGES_MAX - 1);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

export function useCasePages(search: CasesSearch) {
  const transport = useTransport();
  const [range, setRange] = useState<[number, number]>([0, 0]);
  const wanted = useMemo(() => pagesFor(range[0], range[1]), [range]);
  const reads = useQueries({
    queries: wanted.map((page) => ({
      queryKey: readKey("case.page", caseQuery(search, page)),
      queryFn: () =>
        transport.call("case.page", caseQuery(search, page)).catch((thrown: unknown) => {
          throw asApiError(thrown);
        }),
    })),
  });
  const loaded = new Map<number, CasePage>();
  for (const [i, read] of reads.entries()) {
    const page = wanted[i];
    if (page !== undefined && read.data) loaded.set(page, read.data);
  }
  const anyPage = [...loaded.values()][0];
  const get = (index: number): CaseCard | undefined => loaded.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  const onRange = useCallback((first: number, last: number) => {
    setRange((now) => (pagesFor(now[0], now[1]).join() === pagesFor(first, last).join() ? now : [first, last]));
  }, []);
  const [total, setTotal] = useState(0);
  if (anyPage && anyPage.total !== total) setTotal(anyPage.total);
  const failed = reads.find((r) => r.error !== null);
  return {
    total: anyPage?.total ?? (reads.some((r) => r.isPending) && range[1] > 0 ? total : 0),
    known: anyPage !== undefined,
    get,
    onRange,
    error: (failed?.error ?? null) as ApiError | null,
    retry: () => void failed?.refetch(),
  };
}
