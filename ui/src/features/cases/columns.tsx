import { useMemo } from "react";
import { m, sayFirst, useLanguage } from "../../i18n";
import { moment } from "../../i18n/format";
import { type CaseCard, useTransport } from "../../ipc";
import { DeadlineText, type GridColumn, StatusBadge, Thumb } from "../../kit";
import { CaseMarks } from "./CaseRow";
import { placeText } from "./place";
import { useCatalogueWords } from "./useCatalogueWords";
import style from "./Cases.module.css";

export function useCaseColumns(): ReadonlyArray<GridColumn<CaseCard>> {
  const transport = useTransport();
  const words = useCatalogueWords();
  const language = useLanguage();
  const { catalogue } = words;
  // Drawn anew when the words or their language change.
  return useMemo(
    () => [
      { id: "photo", header: m.cases_col_photo(), width: "3.25rem", cell: (c) => <Thumb small src={c.thumb === null ? null : transport.photoUrl(c.thumb)} /> },
      {
        id: "type",
        header: m.cases_col_type(),
        width: "minmax(8rem, 1.2fr)",
        cell: (c) => (
          <span className={style.two}>
            <strong>{sayFirst(c.type_label)}</strong>
            <span className={style.small}>{c.no}</span>
          </span>
        ),
      },
      { id: "place", header: m.cases_col_place(), width: "minmax(9rem, 1.2fr)", cell: (c) => placeText(c) },
      { id: "status", header: m.cases_col_status(), width: "minmax(6rem, 0.8fr)", cell: (c) => <StatusBadge status={c.status} label={words.state(c.status)} /> },
      { id: "due", header: m.cases_col_due(), width: "minmax(11rem, 1.8fr)", cell: (c) => <DeadlineText {...c} /> },
      {
        id: "marks",
        header: m.cases_col_by(),
        width: "minmax(7rem, 1.4fr)",
        cell: (c) => (
          <span className={style.marks}>
            <span className={style.small}>{m.cases_by({ name: c.author, time: moment(c.reported_ms) })}</span>
            <CaseMarks card={c} />
          </span>
        ),
      },
    ],
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [transport, catalogue, language],
  );
}
