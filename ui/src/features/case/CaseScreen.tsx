/** 案件页: photos and story on the left; deadline, facts and the next step on the right. */
import { Suspense, lazy, useMemo, useState } from "react";
import { Page } from "../../app/Page";
import { useCommands } from "../../command";
import { m, say, sayFirst } from "../../i18n";
import { dayText } from "../../i18n/format";
import { type ApiError, asApiError, type CaseView, type Catalogue, type Category, useRead, useTransport, useWrite } from "../../ipc";
import { Button, Card, Chip, DeadlineExplain, DeadlineText, ErrorNote, LinkButton, SectionHeading, Skeleton, StatusBadge, toast } from "../../kit";
import { Marked } from "../../form/Marked";
import { PhotoStage, type Show } from "../../photo/PhotoStage";
import { withTimes } from "../../photo/source";
import { useMarking } from "../../photo/useMarking";
import { categoryOf } from "../capture/types";
import { AddPhotos } from "./AddPhotos";
import css from "./Case.module.css";
import { CaseTimeline } from "./CaseTimeline";
import { CaseLinks } from "./CaseLinks";
import { ConflictCard } from "./ConflictCard";
import { FactsCard } from "./FactsCard";
import { fieldOf } from "./field";
import { NextActions } from "./NextActions";
import { NotesCard } from "./NotesCard";
import { OrderCard } from "./OrderCard";
import { CasePapers } from "../paper/PapersCard";
import { ReturnedBanner } from "./ReturnedBanner";
import { useAdded } from "./useAdded";
import { actionWords } from "./words";

type OpenDwelling = (at: { compound: string; building: string; room: string }) => void;
const OfficeCards = lazy(() => import("../office/OfficeCards"));
const BundleCard = lazy(() => import("../copy/BundleCard"));
const CopyDialog = lazy(() => import("../copy/CopyDialog"));
const PlaceCard = lazy(() => import("../plan/PlaceCard"));
const ProceedingsCard = lazy(() => import("../proceeding/ProceedingsCard"));

export type CaseScreenProps = {
  id: string;
  /** A photo slot to stand open at once: what a returned case asks for. */
  slot?: string | undefined;
  onOpenCase: (id: string) => void;
  onOpenDwelling?: OpenDwelling;
};

/** Recorded before its author could know that the compound was no longer theirs. */
const AFTER_REASSIGNMENT = "after_reassignment";

export function CaseScreen({ id, slot, onOpenCase, onOpenDwelling }: CaseScreenProps) {
  const read = useRead("case.get", { id });
  const catalogue = useRead("catalogue.get", {}).data;
  if (read.error && !read.data) {
    return (
      <Page title={m.case_page()}>
        <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
      </Page>
    );
  }
  if (!read.data || !catalogue) {
    return (
      <Page title={m.case_page()}>
        <Skeleton lines={8} />
      </Page>
    );
  }
  return <CaseBody key={id} view={read.data} catalogue={catalogue} slot={slot} onOpenCase={onOpenCase} onOpenDwelling={onOpenDwelling} />;
}

type BodyProps = { view: CaseView; catalogue: Catalogue; slot: string | undefined; onOpenCase: (id: string) => void; onOpenDwelling: OpenDwelling | undefined };

function CaseBody({ view, catalogue, slot, onOpenCase, onOpenDwelling }: BodyProps) {
  const transport = useTransport();
  const { card } = view;
  const photos = useMemo(() => withTimes(view.photos, view.timeline), [view]);
  const category = categoryOf(catalogue, card.type_code);
  const [show, setShow] = useState<Show>();
  const [copying, setCopying] = useState<string>();
  const marking = useMarking(card.id, view.may_mark);
  const mayResubmit = view.actions.some((a) => a.action === "resubmit");
  const place = [card.compound, card.building, card.room].filter(Boolean).join(" ");
  const state = catalogue.states[card.status];
  const file = onOpenDwelling && card.room !== "" && (
    <LinkButton onPress={() => onOpenDwelling({ compound: card.compound_id, building: card.building, room: card.room })}>{m.base_open_dossier()}</LinkButton>
  );

  return (
    <Page
      title={`${card.no} ${sayFirst(card.type_label)}`}
      aside={
        <>
          <span>{place}</span>
          <StatusBadge status={card.status} label={state ? say(state) : card.status} />
          {card.no_is_temporary && <Chip tone="offline">{m.case_temporary_no()}</Chip>}
          {card.difficult && <Chip tone="today">{m.case_difficult()}</Chip>}
          {card.requested !== null && <Chip>{m.case_requested({ action: actionWords(card.requested) })}</Chip>}
          {view.doubts.some((doubt) => doubt !== AFTER_REASSIGNMENT) && <Chip tone="today">{m.case_doubt_found()}</Chip>}
          {view.doubts.includes(AFTER_REASSIGNMENT) && <Chip tone="today">{m.case_doubt_reassigned()}</Chip>}
          {card.pending > 0 && <Chip tone="offline">{m.case_pending({ count: card.pending })}</Chip>}
        </>
      }
    >
      <div className={css.screen} data-testid="case-page">
        {view.returned && <ReturnedBanner caseId={card.id} no={card.no} returned={slot === undefined ? view.returned : { ...view.returned, slot }} category={category} mayResubmit={mayResubmit} />}
        {view.conflicts.map((conflict) => (
          <Conflict key={conflict.field} view={view} field={conflict.field} catalogue={catalogue} category={category} />
        ))}
        <div className={css.columns}>
          <div className={css.column}>
            <div className={css.photos}>
              <PhotoStage photos={photos} slots={category?.slots ?? []} scope="case" show={show} {...marking} mayLookUnder={view.may_look_under} onCopy={setCopying} caseId={card.id} onWant={(hash) => void transport.call("photo.want", { hash }).catch(() => {})} />
            </div>
            {copying !== undefined && (
              <Suspense fallback={null}>
                <CopyDialog caseId={card.id} hash={copying} onClose={() => setCopying(undefined)} />
              </Suspense>
            )}
            <MorePhotos view={view} category={category} openSlot={view.returned === null ? slot : undefined} />
            <CaseTimeline view={view} category={category} onShow={(hash) => setShow({ hash })} />
          </div>
          <div className={css.column}>
            <NextActions view={view} catalogue={catalogue} category={category} />
            {view.competence && (
              <Card label={m.case_competence()}>
                <SectionHeading>{m.case_competence()}</SectionHeading>
                <p>{say(view.competence)}</p>
              </Card>
            )}
            {view.order && <OrderCard order={view.order} />}
            {view.deadline && (
              <Card label={m.case_deadline()}>
                <SectionHeading>{m.case_deadline()}</SectionHeading>
                <p className={css.row}>
                  <strong>{sayFirst(view.deadline.label)}</strong>
                  <DeadlineText due_date={view.deadline.due_date} workdays_left={view.deadline.workdays_left} bucket={view.deadline.bucket} provisional={view.deadline.provisional} />
                </p>
                <p className={css.row}>
                  <span className={css.quiet}>{m.case_deadline_from({ start: dayText(view.deadline.start) })}</span>
                  <DeadlineExplain deadline={view.deadline} />
                </p>
                {view.deadline.was !== null && <p className={css.quiet}>{m.calendar_was({ was: dayText(view.deadline.was) })}</p>}
              </Card>
            )}
            <Suspense fallback={null}>
              <OfficeCards view={view} />
            </Suspense>
            {!card.no_is_temporary && <CasePapers id={card.id} />}
            {!card.no_is_temporary && (
              <Suspense fallback={null}>
                <ProceedingsCard caseId={card.id} />
              </Suspense>
            )}
            <Suspense fallback={null}>
              <PlaceCard view={view} />
            </Suspense>
            {view.may_bundle && (
              <Suspense fallback={null}>
                <BundleCard caseId={card.id} />
              </Suspense>
            )}
            <FactsCard view={view} catalogue={catalogue} category={category} />
            <NotesCard caseId={card.id} notes={view.notes} />
            <CaseLinks title={m.case_merged_into()} cards={view.merged_into ? [view.merged_into] : []} catalogue={catalogue} onOpen={onOpenCase} />
            <CaseLinks title={m.case_merged()} cards={view.merged} catalogue={catalogue} onOpen={onOpenCase} />
            <CaseLinks title={m.case_rebound_of()} cards={view.rebound_of ? [view.rebound_of] : []} catalogue={catalogue} onOpen={onOpenCase} />
            <CaseLinks title={m.case_rebounds()} cards={view.rebounds} catalogue={catalogue} onOpen={onOpenCase} />
            <CaseLinks title={m.case_maybe_duplicate()} cards={view.possible_duplicates} catalogue={catalogue} onOpen={onOpenCase} />
            <CaseLinks title={m.case_history()} cards={view.history} none={m.case_history_none()} catalogue={catalogue} onOpen={onOpenCase} end={file} />
          </div>
        </div>
      </div>
    </Page>
  );
}

function Conflict({ view, field, catalogue, category }: { view: CaseView; field: string; catalogue: Catalogue; category: Category | undefined }) {
  const conflict = view.conflicts.find((c) => c.field === field);
  if (!conflict) return null;
  const fact = view.facts.find((f) => f.key === field);
  const stand = fact ?? { key: field, label: conflict.label, value: conflict.effective, text: conflict.label, unit: null, in_conflict: true, editable: false };
  return <ConflictCard caseId={view.card.id} conflict={conflict} field={fieldOf(stand, category, catalogue)} typed={fact !== undefined} />;
}

/** 补照片, at any time: the case stays as it is and has more evidence. */
function MorePhotos({ view, category, openSlot }: { view: CaseView; category: Category | undefined; openSlot: string | undefined }) {
  const write = useWrite("case.add_photos");
  const added = useAdded();
  const [open, setOpen] = useState(openSlot !== undefined);
  const [error, setError] = useState<ApiError>();
  const offered = view.returned === null;
  useCommands([{ id: "case.photos", scope: "case", keys: ["e"], label: m.case_add_photos(), group: m.case_page(), when: offered, run: () => setOpen(true) }]);
  if (!offered) return null;
  const save = async () => {
    setError(undefined);
    try {
      await write.mutateAsync({ id: view.card.id, photos: added.refs() });
      toast(m.case_photos_added({ count: added.photos.length }), { tone: "done" });
      added.clear();
      setOpen(false);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  if (!open) {
    return (
      <div className={css.row}>
        <Marked name="case-add">
          <Button keys="E" onPress={() => setOpen(true)}>
            {m.case_add_photos()}
          </Button>
        </Marked>
      </div>
    );
  }
  return (
    <Card label={m.case_add_photos()}>
      <SectionHeading>{m.case_add_photos()}</SectionHeading>
      <AddPhotos added={added} slots={category?.slots ?? []} slot={openSlot ?? ""} before={view.photos} />
      {error && <ErrorNote error={error} />}
      <div className={css.row}>
        <Marked name="case-add-save">
          <Button tone="primary" isDisabled={added.photos.length === 0 || added.coming || write.isPending} onPress={() => void save()}>
            {m.case_photos_save({ count: added.photos.length })}
          </Button>
        </Marked>
        <Button onPress={() => setOpen(false)}>{m.kit_cancel()}</Button>
      </div>
    </Card>
  );
}
