import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { m } from "../i18n";
import { cx } from "./classes";
import { isIme } from "./ime";
import style from "./VirtualGrid.module.css";

export type GridColumn<T> = { id: string; header: string; /** A grid track: `8rem`, `minmax(0, 2fr)`. */ width: string; cell: (row: T) => ReactNode };

export type VirtualGridProps<T> = {
  label: string;
  columns: ReadonlyArray<GridColumn<T>>;
  rowCount: number;
  /** Undefined while its page is being read. */
  getRow: (index: number) => T | undefined;
  rowKey: (row: T) => string;
  /** What a screen reader says of the row as a whole. */
  rowLabel?: (row: T) => string;
  /** In rem, so that it grows with the text. */
  rowHeight?: number;
  active: number;
  onActive: (index: number) => void;
  onOpen: (row: T) => void;
  /** Rows on screen, to read their pages. */
  onRange?: (first: number, last: number) => void;
};

/**
 * Long lists: rows are drawn as they come into view, one of them is in the tab order, arrows move it.
 * React Aria's collections build every item first, which at 30,000 rows takes seconds.
 */
export function VirtualGrid<T>(props: VirtualGridProps<T>) {
  const { label, columns, rowCount, getRow, rowKey, rowLabel, rowHeight = 3.5, active, onActive, onOpen, onRange } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const focusNext = useRef(false);
  const rem = useRootFontSize();
  const narrow = useNarrow(scroll, NARROW_REM * rem);
  const height = Math.round(rowHeight * rem * (narrow ? NARROW_TIMES : 1));
  const virtual = useVirtualizer({ count: rowCount, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 6 });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => virtual.measure(), [height, virtual]);
  useEffect(() => {
    onRange?.(first, last);
  }, [first, last, onRange]);
  useEffect(() => {
    if (!focusNext.current) return;
    const row = scroll.current?.querySelector<HTMLElement>(`[aria-rowindex="${active + 2}"]`);
    if (!row) return;
    focusNext.current = false;
    row.focus({ preventScroll: true });
  });

  const move = (to: number) => {
    const next = Math.max(0, Math.min(rowCount - 1, to));
    focusNext.current = true;
    virtual.scrollToIndex(next);
    onActive(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isIme(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? height) / height) - 1);
    const step: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: rowCount - 1 };
    const to = step[event.key];
    const row = getRow(active);
    if (to !== undefined) move(to);
    else if (event.key === "Enter" && row !== undefined) onOpen(row);
    else return;
    event.preventDefault();
  };

  // The active row stays in the document so that the focus is not lost when it scrolls away.
  const tracks = narrow ? undefined : columns.map((c) => c.width).join(" ");
  return (
    <div role="grid" aria-label={label} aria-rowcount={rowCount + 1} aria-colcount={columns.length} className={cx(style.grid, narrow && style.narrow)}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={style.header} style={{ gridTemplateColumns: tracks }}>
          {columns.map((column) => (
            <div key={column.id} role="columnheader">
              {column.header}
            </div>
          ))}
        </div>
      </div>
      <div ref={scroll} role="rowgroup" className={style.scroll} onKeyDown={onKeyDown} data-arrows="true">
        <div className={style.body} style={{ height: virtual.getTotalSize() }} role="presentation">
          {items.map((item) => {
            const row = getRow(item.index);
            return (
              <div
                key={row === undefined ? `at ${item.index}` : rowKey(row)}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={item.index === active}
                aria-label={row !== undefined && rowLabel ? rowLabel(row) : undefined}
                tabIndex={item.index === active || (item.index === first && (active < first || active > last)) ? 0 : -1}
                className={style.row}
                style={{ height: item.size, transform: `translateY(${item.start}px)`, gridTemplateColumns: tracks }}
                onClick={() => {
                  onActive(item.index);
                  if (row !== undefined) onOpen(row);
                }}
                onFocus={() => {
                  if (item.index !== active) onActive(item.index);
                }}
              >
                {row === undefined ? (
                  <div role="gridcell" className={style.waiting} aria-colspan={columns.length}>
                    {m.kit_reading()}
                  </div>
                ) : (
                  columns.map((column) => (
                    <div key={column.id} role="gridcell" className={style.cell}>
                      {column.cell(row)}
                    </div>
                  ))
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Below this width the cells of a row flow in lines of their own, in rows so much taller. */
const NARROW_REM = 52;
const NARROW_TIMES = 1.95;

function useNarrow(of: RefObject<HTMLElement | null>, limit_px: number): boolean {
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    const element = of.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setNarrow(element.clientWidth < limit_px));
    watch.observe(element);
    return () => watch.disconnect();
  }, [of, limit_px]);
  return narrow;
}

/** Follows the text scale, which changes the root font size. */
function useRootFontSize(): number {
  const read = () => (typeof document === "undefined" ? 16 : Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);
  const [size, setSize] = useState(read);
  useEffect(() => {
    const watch = new MutationObserver(() => setSize(read()));
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-scale"] });
    return () => watch.disconnect();
  }, []);
  return size;
}
