/** The cases behind a number: as many as the number says. */
import { useEffect, useRef, useState } from "react";
import { m } from "../../i18n";
import { useRead } from "../../ipc";
import { Button, ErrorNote, SectionHeading, Skeleton } from "../../kit";
import { CaseRow } from "../cases/CaseRow";
import css from "./Indicator.module.css";
import { nameOf } from "./words";

/** The most the command gives at once. */
const PAGE = 200;

type Props = { from: string; to: string; list: string; onClose: () => void };

export function CaseList({ from, to, list, onClose }: Props) {
  const place = useRef<HTMLElement>(null);
  const [pages, setPages] = useState(1);
  useEffect(() => place.current?.scrollIntoView({ block: "start" }), [list]);
  const first = useRead("indicator.cases", { from, to, list, offset: 0, limit: PAGE });
  const total = first.data?.total ?? 0;
  const name = nameOf(list.split(".")[0] ?? list);
  return (
    <section ref={place} aria-label={name} className={css.screenOnlyBlock} data-testid="indicator-cases">
      <SectionHeading end={<Button onPress={onClose}>{m.indicator_list_close()}</Button>}>{m.indicator_list({ name, count: total })}</SectionHeading>
      {Array.from({ length: pages }, (_, at) => (
        <Rows key={`${list} ${at * PAGE}`} from={from} to={to} list={list} offset={at * PAGE} />
      ))}
      {total > pages * PAGE && <Button onPress={() => setPages(pages + 1)}>{m.indicator_more({ count: total - pages * PAGE })}</Button>}
    </section>
  );
}

function Rows({ from, to, list, offset }: { from: string; to: string; list: string; offset: number }) {
  const { data, error, refetch } = useRead("indicator.cases", { from, to, list, offset, limit: PAGE });
  if (!data) return error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />;
  return data.rows.map((card) => <CaseRow key={card.id} card={card} showStatus />);
}
