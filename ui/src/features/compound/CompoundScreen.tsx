import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Footprints, Plus } from "lucide-react";
import { Page } from "../../app/Page";
import { mayPlanRounds, mayRecord, mayWalk, seesCases } from "../../app/rail";
import { useReadyState } from "../../app/session";
import { useCommands } from "../../command";
import { m } from "../../i18n";
import { countText } from "../../i18n/format";
import { type CaseCard, type CompoundView, useRead, useWrite } from "../../ipc";
import { Button, EmptyState, ErrorNote, SectionHeading, Skeleton, moveRow } from "../../kit";
import { CaseRow } from "../cases/CaseRow";
import { Suspense, lazy } from "react";
import { BuildingGrid } from "./BuildingGrid";
import style from "./Compound.module.css";

const CASES_MAX = 200;
const PlanPart = lazy(() => import("../plan/PlanPart").then((part) => ({ default: part.PlanPart })));
const RegisterCard = lazy(() => import("../base/RegisterCard"));
const RoomLinks = lazy(() => import("../base/RoomLinks"));
const RoundsPart = lazy(() => import("../round/RoundsPart").then((part) => ({ default: part.RoundsPart })));

/** A compound: its buildings as a numbered grid, its cases, and recording a new one right there. */
export function CompoundScreen() {
  const { id } = useParams({ from: "/compounds/$id" });
  const { building } = useSearch({ from: "/compounds/$id" });
  const { data, error, refetch } = useRead("compound.get", { id });
  const sees = seesCases(useReadyState().user?.roles ?? []);
  const cases = useRead("case.page", { status: [], compound_id: id, category: null, text: "", bucket: null, mine: false, duty: null, offset: 0, limit: CASES_MAX }, { enabled: sees });
  if (!data) return <Page title={m.app_compounds()}>{error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}</Page>;
  return <Compound compound={data} building={building} cases={cases.data?.rows ?? []} total={cases.data?.total ?? 0} sees={sees} />;
}

type CompoundProps = { compound: CompoundView; building: string | undefined; cases: CaseCard[]; total: number; sees: boolean };

function Compound({ compound, building, cases, total, sees }: CompoundProps) {
  const { card } = compound;
  const { user } = useReadyState();
  const navigate = useNavigate();
  const records = mayRecord(user?.roles ?? []);
  const draft = useWrite("draft.new");
  const round = useWrite("round.begin");
  const choose = (no: string) => void navigate({ to: "/compounds/$id", params: { id: card.id }, search: no === building ? {} : { building: no }, replace: true });
  const recordHere = () => draft.mutate({ compound_id: card.id, building: building ?? null, pin: null }, { onSuccess: (view) => void navigate({ to: "/new", search: { draft: view.id } }) });
  const walkHere = () => round.mutate({ id: card.id }, { onSuccess: (begun) => void navigate({ to: "/rounds/$id", params: { id: begun.id } }) });
  useCommands([
    { id: "compound.new", label: m.compound_new_here(), keys: ["n"], scope: "list", when: records, run: recordHere },
    { id: "compound.down", label: m.app_next_row(), keys: ["j"], scope: "list", hidden: true, run: () => moveRow(1) },
    { id: "compound.up", label: m.app_previous_row(), keys: ["k"], scope: "list", hidden: true, run: () => moveRow(-1) },
  ]);
  const chosen = compound.buildings.find((b) => b.no === building);
  const shown = building === undefined ? cases : cases.filter((c) => c.building === building);
  const error = draft.error ?? round.error;
  return (
    <Page
      title={card.name}
      aside={
        <>
          <span>{m.compound_size({ dwellings: countText(card.dwellings), buildings: countText(card.buildings) })}</span>
          <span>{card.address}</span>
        </>
      }
      end={
        records && (
          <>
            {mayWalk(user?.roles ?? []) && (
              <Button icon={<Footprints aria-hidden="true" />} onPress={walkHere}>
                {m.compound_walk()}
              </Button>
            )}
            <Button tone="primary" icon={<Plus aria-hidden="true" />} keys="N" onPress={recordHere}>
              {building === undefined ? m.compound_new_here() : m.compound_new_at({ building })}
            </Button>
          </>
        )
      }
    >
      {error && <ErrorNote error={error} />}
      <section aria-label={m.compound_buildings()}>
        <SectionHeading count={compound.buildings.length} note={m.compound_legend()}>
          {m.compound_buildings()}
        </SectionHeading>
        <Suspense fallback={null}>
          <PlanPart id={card.id} chosen={building} onChoose={choose}>
            <BuildingGrid buildings={compound.buildings} cases={cases} chosen={building} onChoose={choose} />
          </PlanPart>
        </Suspense>
      </section>
      {sees && chosen && (
        <Suspense fallback={null}>
          <RoomLinks compound={card.id} building={chosen} />
        </Suspense>
      )}
      {sees && (
        <section aria-label={m.app_cases()} className={style.cases}>
          <SectionHeading count={building === undefined ? total : shown.length}>{building === undefined ? m.app_cases() : m.compound_cases_at({ building })}</SectionHeading>
          {shown.length === 0 ? (
            <EmptyState title={m.compound_no_cases()} why={records && m.compound_no_cases_why()}>
              {records && <Button onPress={recordHere}>{building === undefined ? m.compound_new_here() : m.compound_new_at({ building })}</Button>}
            </EmptyState>
          ) : (
            shown.map((c) => <CaseRow key={c.id} card={c} showStatus />)
          )}
        </section>
      )}
      <Suspense fallback={null}>
        <RegisterCard id={card.id} />
        {sees && <RoundsPart id={card.id} name={card.name} mayPlan={mayPlanRounds(user?.roles ?? [])} />}
      </Suspense>
    </Page>
  );
}
