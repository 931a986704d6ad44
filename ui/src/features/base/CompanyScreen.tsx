import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "../../app/Page";
import { m } from "../../i18n";
import { type CompanyView, useRead } from "../../ipc";
import { Button, Card, ErrorNote, SectionHeading, Skeleton, toast, cx } from "../../kit";
import { CompanyForm, gradeWord } from "./CompanyForm";
import style from "./Base.module.css";

/** One company: its register entry, its managers, the compounds it runs. `new` is an empty form. */
export function CompanyScreen() {
  const { id } = useParams({ from: "/companies/$id" });
  const navigate = useNavigate();
  const isNew = id === "new";
  const { data, error, refetch } = useRead("company.get", { id }, { enabled: !isNew });
  const open = (saved: CompanyView) => {
    toast(m.base_saved({ name: saved.card.name }), { tone: "done" });
    void navigate({ to: "/companies/$id", params: { id: saved.card.id }, replace: true });
  };
  if (isNew) {
    return (
      <Page title={m.base_company_new()}>
        <CompanyForm onSaved={open} onCancel={() => void navigate({ to: "/companies" })} />
      </Page>
    );
  }
  if (!data) return <Page title={m.base_companies()}>{error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />}</Page>;
  return <Company key={id} company={data} onSaved={open} />;
}

export function Company({ company, onSaved }: { company: CompanyView; onSaved: (saved: CompanyView) => void }) {
  const [editing, setEditing] = useState(false);
  const { card } = company;
  const done = (saved: CompanyView) => {
    setEditing(false);
    onSaved(saved);
  };
  return (
    <Page title={card.name} aside={<span>{card.credit_code}</span>} end={company.may_edit && !editing && <Button onPress={() => setEditing(true)}>{m.base_edit()}</Button>}>
      {editing ? (
        <CompanyForm company={company} onSaved={done} onCancel={() => setEditing(false)} />
      ) : (
        <div className={style.columns}>
          <Card label={m.base_company_entry()}>
            <SectionHeading>{m.base_company_entry()}</SectionHeading>
            <dl className={style.facts}>
              <dt>{m.base_credit_code()}</dt>
              <dd>{card.credit_code}</dd>
              <dt>{m.base_representative()}</dt>
              <dd>{company.representative || m.base_unknown()}</dd>
              <dt>{m.base_registered_place()}</dt>
              <dd>{company.place || m.base_unknown()}</dd>
              <dt>{m.base_grade()}</dt>
              <dd>{gradeWord(company.grade)}</dd>
              {company.managers.map((one) => (
                <Manager key={`${one.no}${one.name}`} words={[one.name, one.no, one.phone].filter(Boolean).join(" · ")} />
              ))}
              {company.note !== "" && (
                <>
                  <dt>{m.base_note()}</dt>
                  <dd>{company.note}</dd>
                </>
              )}
            </dl>
            <p className={style.quiet}>{m.base_masked()}</p>
          </Card>
          <Card label={m.app_compounds()}>
            <SectionHeading count={company.compounds.length}>{m.app_compounds()}</SectionHeading>
            <ul className={cx(style.list, style.inCard)}>
              {company.compounds.map((c) => (
                <li key={c.id}>
                  <Link to="/compounds/$id" params={{ id: c.id }} search={{}}>
                    {c.name}
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
        </div>
      )}
    </Page>
  );
}

function Manager({ words }: { words: string }) {
  return (
    <>
      <dt>{m.base_manager()}</dt>
      <dd>{words}</dd>
    </>
  );
}
