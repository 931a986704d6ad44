/** A count that opens to its cases. */
import { m } from "../../i18n";
import { countText } from "../../i18n/format";
import { LinkButton } from "../../kit";
import { nameOf } from "./words";

type CountProps = { line: string; side: "met" | "of"; count: number | null; list: string | undefined; onList: (list: string) => void };

export function Count({ line, side, count, list, onList }: CountProps) {
  const key = `${line}.${side}`;
  if (count === null) return null;
  if (count === 0) return <span>0</span>;
  return (
    <LinkButton aria-label={m.indicator_see({ name: nameOf(line), count })} aria-expanded={list === key} onPress={() => onList(key)}>
      {countText(count)}
    </LinkButton>
  );
}
