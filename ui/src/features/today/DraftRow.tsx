import { Link } from "@tanstack/react-router";
import { m, sayFirst } from "../../i18n";
import { ago } from "../../i18n/format";
import { type DraftCard, useTransport } from "../../ipc";
import { Chip, Thumb } from "../../kit";
import row from "../cases/CaseRow.module.css";
import { useCatalogueWords } from "../cases/useCatalogueWords";

export function DraftRow({ draft }: { draft: DraftCard }) {
  const transport = useTransport();
  const { catalogue } = useCatalogueWords();
  const type = catalogue?.types.find((t) => t.code === draft.type_code);
  const place = [draft.compound, draft.building, draft.room].filter(Boolean).join(" ");
  return (
    <Link to="/new" search={{ draft: draft.id }} className={row.row} data-row="true">
      <Thumb src={draft.thumb === null ? null : transport.photoUrl(draft.thumb)} />
      <div className={row.words}>
        <div className={row.title}>
          <span className={row.type}>{type ? sayFirst(type.label) : m.today_draft_untyped()}</span>
          <span className={row.place}>{place === "" ? m.today_draft_nowhere() : place}</span>
        </div>
        <div className={row.extra}>
          <span>{m.today_draft_photos({ count: draft.photo_count })}</span>
          <span>{m.today_draft_saved({ time: ago(draft.saved_ms) })}</span>
        </div>
      </div>
      <div className={row.end}>
        <Chip>{m.today_draft()}</Chip>
      </div>
    </Link>
  );
}
