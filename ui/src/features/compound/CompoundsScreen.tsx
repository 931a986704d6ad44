import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useRef } from "react";
import { Page } from "../../app/Page";
import { keepsCompanies, keepsRegister, seesCases } from "../../app/rail";
import { useReadyState } from "../../app/session";
import { useCommands } from "../../command";
import { m } from "../../i18n";
import { countText } from "../../i18n/format";
import { type CompoundCard, useRead } from "../../ipc";
import { Button, Chip, EmptyState, ErrorNote, Skeleton, TextField, moveRow } from "../../kit";
import style from "./Compound.module.css";

/** 小区: type initials (`dhhy`) or part of a name; the most overdue first. */
export function CompoundsScreen() {
  const { text = "" } = useSearch({ from: "/compounds" });
  const roles = useReadyState().user?.roles ?? [];
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const { data, error, refetch } = useRead("compound.list", { text }, { keep: true });
  const setText = (next: string) => void navigate({ to: "/compounds", search: next === "" ? {} : { text: next }, replace: true });
  const rows = [...(data?.rows ?? [])].sort(byRisk);
  const first = rows[0];
  useCommands([
    { id: "compounds.filter", label: m.compound_filter(), keys: ["/"], scope: "list", run: () => field.current?.focus() },
    { id: "compounds.down", label: m.app_next_row(), keys: ["j", "ArrowDown"], scope: "list", hidden: true, run: () => moveRow(1) },
    { id: "compounds.up", label: m.app_previous_row(), keys: ["k", "ArrowUp"], scope: "list", hidden: true, run: () => moveRow(-1) },
  ]);
  return (
    <Page title={m.app_compounds()} aside={data && <span role="status">{m.compound_count({ count: rows.length })}</span>} end={<Ways roles={roles} />}>
      <search className={style.search}>
        <TextField
          label={m.compound_filter()}
          hint={m.compound_filter_hint()}
          type="search"
          value={text}
          onChange={setText}
          onEnter={() => first && void navigate({ to: "/compounds/$id", params: { id: first.id }, search: {} })}
          before={<Search aria-hidden="true" />}
          inputRef={field}
          autoFocus
          id="compound-filter"
        />
      </search>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={8} />}
      {data && rows.length === 0 && (
        <EmptyState title={m.compound_none()} why={text === "" ? m.compound_none_why() : m.compound_none_found({ text })}>
          {text !== "" && <Button onPress={() => setText("")}>{m.compound_show_all()}</Button>}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ul className={style.list}>
          {rows.map((c) => (
            <CompoundRow key={c.id} card={c} />
          ))}
        </ul>
      )}
    </Page>
  );
}

/** What lies beside the list, for those who use it. */
function Ways({ roles }: { roles: readonly string[] }) {
  return (
    <>
      {keepsCompanies(roles) && <Link to="/companies" className={style.way}>{m.base_companies()}</Link>}
      {keepsRegister(roles) && (
        <Link to="/compounds/$id/register" params={{ id: "new" }} className={style.way}>
          {m.base_register_new()}
        </Link>
      )}
      {seesCases(roles) && <Link to="/rounds" className={style.way}>{m.round_coverage()}</Link>}
    </>
  );
}

export function byRisk(a: CompoundCard, b: CompoundCard): number {
  return b.overdue_cases - a.overdue_cases || b.open_cases - a.open_cases || a.name.localeCompare(b.name, "zh");
}

function CompoundRow({ card }: { card: CompoundCard }) {
  return (
    <li>
      <Link to="/compounds/$id" params={{ id: card.id }} search={{}} className={style.row} data-row="true">
        <span className={style.words}>
          <strong>{card.name}</strong>
          <span className={style.small}>{card.address}</span>
        </span>
        <span className={style.size}>{m.compound_size({ dwellings: countText(card.dwellings), buildings: countText(card.buildings) })}</span>
        <span className={style.counts}>
          {card.overdue_cases > 0 && <Chip tone="overdue">{m.compound_overdue({ count: card.overdue_cases })}</Chip>}
          {card.open_cases > 0 ? <Chip>{m.compound_open({ count: card.open_cases })}</Chip> : <span className={style.small}>{m.compound_quiet()}</span>}
        </span>
      </Link>
    </li>
  );
}
