import { m } from "../../i18n";
import { useRead } from "../../ipc";
import { ComboBox } from "../../kit";

/** A compound to walk now. Apart from the strip: the list with its filter is no part of the first load. */
export default function RoundPicker({ onWalk }: { onWalk: (id: string) => void }) {
  const { data } = useRead("compound.list", { text: "" });
  const options = (data?.rows ?? []).map((c) => ({ value: c.id, label: c.name, description: c.address, search: c.initials }));
  return <ComboBox label={m.round_begin()} hideLabel options={options} value={null} placeholder={m.today_round_choose()} onChange={(id) => id !== null && onWalk(id)} />;
}
