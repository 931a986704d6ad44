/** 可能重复: two open cases side by side, what differs marked; a person says whether they are one. */
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Page } from "../../app/Page";
import { useCommands } from "../../command";
import { m, sayFirst } from "../../i18n";
import { type PairCard, useRead } from "../../ipc";
import { Card, Chip, EmptyState, ErrorNote, SectionHeading, Skeleton } from "../../kit";
import { placeText } from "../cases/place";
import css from "./Office.module.css";
import { PairPart } from "./PairPart";
import { whyWords } from "./pair";

export function PairsScreen() {
  const search = useSearch({ from: "/pairs" });
  const navigate = useNavigate();
  const list = useRead("pair.list", {});
  const rows = list.data?.rows ?? [];
  const at = rows.findIndex((p) => p.one.id === search.one && p.other.id === search.other);
  const chosen = rows[at] ?? rows[0];
  const open = (pair: PairCard | undefined) => pair && void navigate({ to: "/pairs", search: { one: pair.one.id, other: pair.other.id }, replace: true });
  useCommands([
    { id: "pairs.next", label: m.app_next_row(), keys: ["j"], scope: "list", hidden: true, run: () => open(rows[Math.min(rows.length - 1, Math.max(at, 0) + 1)]) },
    { id: "pairs.previous", label: m.app_previous_row(), keys: ["k"], scope: "list", hidden: true, run: () => open(rows[Math.max(0, at - 1)]) },
  ]);
  return (
    <Page title={m.office_pairs()} aside={list.data && <span role="status">{m.office_pairs_of({ count: list.data.total })}</span>}>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <Skeleton lines={8} />}
      {list.data && rows.length === 0 && (
        <EmptyState title={m.office_pairs_none()} why={m.office_pairs_none_why()}>
          <Link to="/cases" search={{}}>
            {m.app_go_to({ place: m.app_cases() })}
          </Link>
        </EmptyState>
      )}
      {chosen && (
        <div className={css.screen} data-testid="pairs-page">
          <Card label={m.office_pairs()}>
            <SectionHeading note={m.office_pairs_note()}>{m.office_pairs()}</SectionHeading>
            <ul className={css.list}>
              {rows.map((pair) => (
                <li key={`${pair.one.id} ${pair.other.id}`}>
                  <button type="button" className={css.pair} aria-current={pair === chosen} onClick={() => open(pair)} data-testid="pair-row">
                    <strong>{sayFirst(pair.one.type_label)}</strong>
                    <span>{placeText(pair.one)}</span>
                    <span className={css.quiet}>{`${pair.one.no} · ${pair.other.no}`}</span>
                    <span className={css.marks}>
                      {pair.why.map((why) => (
                        <Chip key={why}>{whyWords(why)}</Chip>
                      ))}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </Card>
          <PairPart key={`${chosen.one.id} ${chosen.other.id}`} one={chosen.one.id} other={chosen.other.id} />
        </div>
      )}
    </Page>
  );
}
