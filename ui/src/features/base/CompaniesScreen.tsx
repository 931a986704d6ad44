import { Link, useNavigate } from "@tanstack/react-router";
import { Plus, Search } from "lucide-react";
import { useState } from "react";
import { Page } from "../../app/Page";
import { useCommands } from "../../command";
import { m } from "../../i18n";
import { useRead } from "../../ipc";
import { Button, EmptyState, ErrorNote, Skeleton, TextField, moveRow } from "../../kit";
import style from "./Base.module.css";

/** 物业企业: the largest first; by name, pinyin, initials or code. */
export function CompaniesScreen() {
  const [text, setText] = useState("");
  const navigate = useNavigate();
  const { data, error, refetch } = useRead("company.list", { text }, { keep: true });
  const add = () => void navigate({ to: "/companies/$id", params: { id: "new" } });
  useCommands([
    { id: "companies.down", label: m.app_next_row(), keys: ["j", "ArrowDown"], scope: "list", hidden: true, run: () => moveRow(1) },
    { id: "companies.up", label: m.app_previous_row(), keys: ["k", "ArrowUp"], scope: "list", hidden: true, run: () => moveRow(-1) },
  ]);
  return (
    <Page
      title={m.base_companies()}
      aside={data && <span role="status">{m.base_company_count({ count: data.rows.length })}</span>}
      end={
        data?.may_edit && (
          <Button tone="primary" icon={<Plus aria-hidden="true" />} onPress={add}>
            {m.base_company_new()}
          </Button>
        )
      }
    >
      <search className={style.form}>
        <TextField label={m.base_company_filter()} hint={m.base_company_filter_hint()} type="search" value={text} onChange={setText} before={<Search aria-hidden="true" />} id="company-filter" autoFocus />
      </search>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={6} />}
      {data && data.rows.length === 0 && (
        <EmptyState title={m.base_company_none()} why={m.base_company_none_why()}>
          {text !== "" && <Button onPress={() => setText("")}>{m.compound_show_all()}</Button>}
        </EmptyState>
      )}
      {data && data.rows.length > 0 && (
        <ul className={style.list}>
          {data.rows.map((c) => (
            <li key={c.id}>
              <Link to="/companies/$id" params={{ id: c.id }} className={style.row} data-row="true">
                <strong>{c.name}</strong>
                <span className={style.quiet}>{c.credit_code}</span>
                <span className={style.quiet}>{m.base_company_runs({ count: c.compounds })}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
