/** 访问日志: who saw which personal data and why. An auditor reads everybody's, all others their own. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Page } from "../../app/Page";
import { useReadyState } from "../../app/session";
import type { AccessSearch } from "../../app/router";
import { DateInput } from "../../form/DateInput";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import { clockSeconds, countText, dayAndWeekday, dayText, isoDate } from "../../i18n/format";
import { type AccessPage, type AccessRow, useRead } from "../../ipc";
import { Button, Chip, EmptyState, ErrorNote, Select, Skeleton } from "../../kit";
import { partyFieldWords } from "../proceeding/words";
import css from "./Access.module.css";
import { actOptions, actWords, byDay, objectWords } from "./words";

const ROWS = 50;
const ALL = "*";

export function AccessScreen() {
  const search = useSearch({ from: "/access" });
  const navigate = useNavigate();
  const audits = useReadyState().user?.roles.includes("R-AUD") ?? false;
  const at = Math.max(0, Math.floor(Number(search.page ?? "1")) - 1 || 0);
  const span = { from: search.from ?? null, to: search.to ?? null };
  const { data, error, refetch } = useRead("access.page", { user: (audits && search.user) || null, action: search.action ?? null, ...span, offset: at * ROWS, limit: ROWS }, { keep: true });
  const go = (over: AccessSearch) => void navigate({ to: "/access", search: { ...search, page: undefined, ...over }, replace: true });
  const title = audits ? m.access_title() : m.access_own();
  return (
    <Page title={title} aside={data && <span role="status">{m.access_count({ count: countText(data.total), from: dayText(data.from), to: dayText(data.to) })}</span>}>
      <div className={css.bar}>
        {audits && <People span={span} chosen={search.user} onChange={(user) => go({ user })} />}
        <Marked name="access-action">
          <Select label={m.access_action()} options={[{ value: ALL, label: m.access_every_action() }, ...actOptions()]} value={search.action ?? ALL} onChange={(v) => go({ action: v === ALL ? undefined : v })} />
        </Marked>
        <DateInput label={m.access_from()} value={search.from ?? data?.from ?? ""} onChange={(from) => go({ from: from || undefined })} />
        <DateInput label={m.access_to()} value={search.to ?? data?.to ?? ""} onChange={(to) => go({ to: to || undefined })} />
      </div>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={8} />}
      {data && data.rows.length === 0 && (
        <EmptyState title={m.access_none()} why={m.access_none_why()}>
          <Button onPress={() => void navigate({ to: "/access", search: {}, replace: true })}>{m.access_clear()}</Button>
        </EmptyState>
      )}
      {data && data.rows.length > 0 && <Entries page={data} who={audits} />}
      {data && data.total > ROWS && (
        <div className={css.pages}>
          <Button isDisabled={at === 0} onPress={() => go({ page: at > 1 ? String(at) : undefined })}>
            {m.access_later()}
          </Button>
          <span role="status">{m.access_range({ first: at * ROWS + 1, last: at * ROWS + data.rows.length, total: countText(data.total) })}</span>
          <Button isDisabled={(at + 1) * ROWS >= data.total} onPress={() => go({ page: String(at + 2) })}>
            {m.access_earlier()}
          </Button>
        </div>
      )}
    </Page>
  );
}

/** Those of the span's newest entries, and whoever is chosen. */
function People({ span, chosen, onChange }: { span: { from: string | null; to: string | null }; chosen: string | undefined; onChange: (user: string | undefined) => void }) {
  const recent = useRead("access.page", { user: null, action: null, ...span, offset: 0, limit: 200 }).data?.rows ?? [];
  const names = new Map(recent.map((r) => [r.user, r.name]));
  if (chosen !== undefined && !names.has(chosen)) names.set(chosen, chosen);
  const options = [{ value: ALL, label: m.access_everybody() }, ...[...names].map(([value, label]) => ({ value, label }))];
  return (
    <Marked name="access-user">
      <Select label={m.access_user()} options={options} value={chosen ?? ALL} onChange={(v) => onChange(v === ALL ? undefined : v)} />
    </Marked>
  );
}

function Entries({ page, who }: { page: AccessPage; who: boolean }) {
  const columns = who ? 6 : 5;
  return (
    <table className={css.table} data-testid="access-table">
      <thead>
        <tr>
          <th scope="col" className={css.time}>
            {m.access_time()}
          </th>
          {who && <th scope="col">{m.access_user()}</th>}
          <th scope="col">{m.access_action()}</th>
          <th scope="col">{m.access_what()}</th>
          <th scope="col">{m.access_fields()}</th>
          <th scope="col" className={css.reason}>
            {m.access_reason()}
          </th>
        </tr>
      </thead>
      {byDay(page.rows, isoDate).map(({ day, rows }) => (
        <tbody key={day}>
          <tr>
            <th scope="rowgroup" colSpan={columns} className={css.day}>
              {dayAndWeekday(day)}
            </th>
          </tr>
          {rows.map((row) => (
            <Entry key={row.event} row={row} who={who} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Entry({ row, who }: { row: AccessRow; who: boolean }) {
  const sep = m.kit_list_sep();
  return (
    <tr data-testid="access-row">
      <td>{clockSeconds(row.wall_ms)}</td>
      {who && (
        <td>
          {row.name}
          <span className={css.small}>
            {row.host === "web" ? m.access_host_web() : m.access_host_desktop()} {row.device}
          </span>
        </td>
      )}
      <td>
        {actWords(row.action)} {row.received_ms === null && <Chip tone="offline">{m.access_not_sent()}</Chip>}
      </td>
      <td>{row.objects.map(objectWords).join(sep)}</td>
      <td>{row.fields.length > 0 ? row.fields.map(partyFieldWords).join(sep) : m.access_no_fields()}</td>
      <td>{row.reason}</td>
    </tr>
  );
}
