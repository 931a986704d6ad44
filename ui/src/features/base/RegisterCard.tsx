import { Link } from "@tanstack/react-router";
import { m } from "../../i18n";
import { useRead } from "../../ipc";
import { Card, SectionHeading } from "../../kit";
import { CATEGORY_WORDS, PRIORITY_WORDS } from "./registerWords";
import style from "./Base.module.css";

/** What the register says of a compound, with the way to its company and to the whole entry. */
export default function RegisterCard({ id }: { id: string }) {
  const { data } = useRead("compound.register", { id });
  if (!data) return null;
  const rows: Array<[string, string]> = [
    [m.base_committee(), data.committee],
    [m.base_manager(), data.manager],
    [m.base_inspectors(), data.inspectors.map((p) => p.name).join(m.kit_list_sep())],
    [m.base_grids(), data.grids.join(m.kit_list_sep())],
    [m.base_category(), CATEGORY_WORDS[data.category]?.() ?? ""],
    [m.base_priority(), PRIORITY_WORDS[data.priority]?.() ?? ""],
    [m.base_renamed(), data.renamed.map((one) => one.from).join(m.kit_list_sep())],
  ];
  return (
    <Card label={m.base_register()}>
      <SectionHeading
        end={
          data.may_edit && (
            <Link to="/compounds/$id/register" params={{ id }}>
              {m.base_edit()}
            </Link>
          )
        }
      >
        {m.base_register()}
      </SectionHeading>
      <dl className={style.facts}>
        {data.company !== "" && (
          <>
            <dt>{m.base_company()}</dt>
            <dd>
              <Link to="/companies/$id" params={{ id: data.company }}>
                {data.company_name}
              </Link>
            </dd>
          </>
        )}
        {rows
          .filter(([, value]) => value !== "")
          .map(([label, value]) => (
            <Row key={label} label={label} value={value} />
          ))}
      </dl>
    </Card>
  );
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}
