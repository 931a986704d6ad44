import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { Page } from "../../app/Page";
import { mayRecord } from "../../app/rail";
import { useReadyState } from "../../app/session";
import { useCommands } from "../../command";
import { m } from "../../i18n";
import { dayText } from "../../i18n/format";
import { type DossierView, useRead, useTransport, useWrite } from "../../ipc";
import { Button, Card, EmptyState, ErrorNote, SectionHeading, Skeleton, moveRow, cx } from "../../kit";
import { CaseRow } from "../cases/CaseRow";
import { DwellingFacts } from "./DwellingFacts";
import { Covered } from "../../photo/Covers";
import style from "./Base.module.css";

/** 一户一档: every case, rebound, photo and paper at one door. */
export function DossierScreen() {
  const { id } = useParams({ from: "/compounds/$id/dwelling" });
  const { building = "", room = "" } = useSearch({ from: "/compounds/$id/dwelling" });
  const { data, error, refetch } = useRead("dwelling.dossier", { compound: id, building, room });
  if (!data) return <Page title={m.base_dossier()}>{error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}</Page>;
  return <Dossier dossier={data} />;
}

export function Dossier({ dossier }: { dossier: DossierView }) {
  const { user } = useReadyState();
  const navigate = useNavigate();
  const draft = useWrite("draft.new");
  const records = mayRecord(user?.roles ?? []);
  const door = `${dossier.building}${dossier.room}`;
  const recordHere = () => draft.mutate({ compound_id: dossier.compound, building: dossier.building, pin: null }, { onSuccess: (view) => void navigate({ to: "/new", search: { draft: view.id } }) });
  const back = () => void navigate({ to: "/compounds/$id", params: { id: dossier.compound }, search: { building: dossier.building } });
  useCommands([
    { id: "dossier.new", label: m.compound_new_here(), keys: ["n"], scope: "list", when: records, run: recordHere },
    { id: "dossier.compound", label: m.base_to_compound(), keys: ["u"], scope: "list", run: back },
    { id: "dossier.down", label: m.app_next_row(), keys: ["j"], scope: "list", hidden: true, run: () => moveRow(1) },
    { id: "dossier.up", label: m.app_previous_row(), keys: ["k"], scope: "list", hidden: true, run: () => moveRow(-1) },
  ]);
  const record = records && (
    <Button tone="primary" icon={<Plus aria-hidden="true" />} keys="N" onPress={recordHere}>
      {m.compound_new_here()}
    </Button>
  );
  return (
    <Page
      title={`${dossier.compound_name} ${door}`}
      aside={
        <span>
          {m.base_dossier_counts({ cases: dossier.cases.length, open: dossier.open, rebounds: dossier.rebounds })}
          {!dossier.registered && ` · ${m.base_not_registered()}`}
        </span>
      }
      end={
        <>
          <Button onPress={back} keys="U">
            {m.base_to_compound()}
          </Button>
          {dossier.cases.length > 0 && record}
        </>
      }
    >
      {draft.error && <ErrorNote error={draft.error} />}
      <div className={style.columns} data-testid="dossier">
        <section aria-label={m.app_cases()} className={style.cases}>
          <SectionHeading count={dossier.cases.length}>{m.app_cases()}</SectionHeading>
          {dossier.cases.length === 0 ? (
            <EmptyState title={m.base_no_cases()} why={m.base_no_cases_why()}>
              {record}
            </EmptyState>
          ) : (
            dossier.cases.map(({ card, rebound_of }) => (
              <div key={card.id} className={style.case}>
                <CaseRow card={card} showStatus />
                {rebound_of && (
                  <p className={style.rebound}>
                    {m.base_rebound_of()}{" "}
                    <Link to="/cases/$id" params={{ id: rebound_of.id }} search={{}}>
                      {rebound_of.name}
                    </Link>
                  </p>
                )}
              </div>
            ))
          )}
        </section>
        <div className={style.side}>
          <DwellingFacts dossier={dossier} />
          <Others dossier={dossier} />
        </div>
      </div>
      <Photos dossier={dossier} />
    </Page>
  );
}

const OTHER_KINDS: Record<string, () => string> = { paper: m.base_kind_paper, proceeding: m.base_kind_proceeding };

function Others({ dossier }: { dossier: DossierView }) {
  if (dossier.others.length === 0) return null;
  return (
    <Card label={m.base_others()}>
      <SectionHeading count={dossier.others.length}>{m.base_others()}</SectionHeading>
      <ul className={cx(style.list, style.inCard)}>
        {dossier.others.map((one) => (
          <li key={one.id}>
            {OTHER_KINDS[one.kind]?.() ?? m.base_kind_other()} {one.due && dayText(one.due)}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Photos({ dossier }: { dossier: DossierView }) {
  const transport = useTransport();
  if (dossier.photos.length === 0) return null;
  return (
    <section aria-label={m.base_photos()}>
      <SectionHeading count={dossier.photos.length}>{m.base_photos()}</SectionHeading>
      <ul className={style.photos}>
        {dossier.photos.map(({ case_id, case_no, photo }) => (
          <li key={`${case_id}:${photo.hash}`}>
            <Link to="/cases/$id" params={{ id: case_id }} search={photo.slot === "" ? {} : { slot: photo.slot }} className={style.photo}>
              {photo.thumb === null ? (
                <span className={style.blank} />
              ) : (
                <Covered photo={photo}>
                  <img src={transport.photoUrl(photo.thumb)} alt={m.base_photo_of({ no: case_no })} loading="lazy" decoding="async" />
                </Covered>
              )}
              <span>{case_no}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
