/** The report of a period: the stock equation, the other numbers, and the cases behind the one that was opened. */
import { m } from "../../i18n";
import { useRead } from "../../ipc";
import { ErrorNote, SectionHeading, Skeleton } from "../../kit";
import { CaseList } from "./CaseList";
import css from "./Indicator.module.css";
import { RateTable } from "./RateTable";
import { StockTable } from "./StockTable";

type ReportProps = { from: string; to: string; list: string | undefined; onList: (list: string | undefined) => void };

export function Report({ from, to, list, onList }: ReportProps) {
  const { data, error, refetch } = useRead("indicator.show", { from, to });
  if (!data) return error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={12} />;
  const toggle = (key: string) => onList(key === list ? undefined : key);
  return (
    <div className={css.report} data-testid="indicator-page">
      <section aria-label={m.indicator_stock()}>
        <SectionHeading note={data.stock.balances ? m.indicator_balance() : m.indicator_no_balance()} {...(data.stock.balances ? {} : { tone: "overdue" as const })}>
          {m.indicator_stock()}
        </SectionHeading>
        <StockTable lines={data.lines} list={list} onList={toggle} />
      </section>
      <section aria-label={m.indicator_rates()}>
        <SectionHeading>{m.indicator_rates()}</SectionHeading>
        <RateTable view={data} list={list} onList={toggle} />
      </section>
      {list !== undefined && <CaseList from={from} to={to} list={list} onClose={() => onList(undefined)} />}
    </div>
  );
}
