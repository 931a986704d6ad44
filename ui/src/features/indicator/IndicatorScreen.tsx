/** 指标: one page of a period that a leader can read and print. Every count opens to its cases. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Printer } from "lucide-react";
import { Page } from "../../app/Page";
import { m } from "../../i18n";
import { fullDay, isoDate, monthText } from "../../i18n/format";
import { Button, Select } from "../../kit";
import css from "./Indicator.module.css";
import { Report } from "./Report";
import { monthOf, monthsBack } from "./month";

const MONTHS = 13;

export function IndicatorScreen() {
  const search = useSearch({ from: "/indicators" });
  const navigate = useNavigate();
  const months = monthsBack(isoDate(Date.now()), MONTHS);
  const period = search.from && search.to ? { from: search.from, to: search.to } : (months[0] ?? monthOf(isoDate(Date.now())));
  const go = (next: { from: string; to: string; list?: string | undefined }) => void navigate({ to: "/indicators", search: next, replace: true });
  return (
    <Page
      title={m.indicator_title()}
      aside={<span>{m.indicator_from_to({ from: fullDay(period.from), to: fullDay(period.to) })}</span>}
      end={
        <span className={css.screenOnly}>
          <Select label={m.indicator_month()} hideLabel options={months.map((p) => ({ value: p.from, label: monthText(p.from) }))} value={period.from} onChange={(from) => go(months.find((p) => p.from === from) ?? period)} />
          <Button icon={<Printer aria-hidden="true" />} onPress={() => window.print()}>
            {m.indicator_print()}
          </Button>
        </span>
      }
    >
      <Report from={period.from} to={period.to} list={search.list} onList={(list) => go({ ...period, list })} />
    </Page>
  );
}
