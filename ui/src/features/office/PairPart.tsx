/** One pair: facts aligned, photos under each, and the decision. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { m, say, sayFirst } from "../../i18n";
import { moment } from "../../i18n/format";
import { type ApiError, type CaseActRequest, asApiError, type PairSide, type PairView, useRead, useWrite } from "../../ipc";
import { Button, Card, Chip, ConfirmDialog, ErrorNote, LinkButton, SectionHeading, Skeleton, TextField, toast } from "../../kit";
import { Covered } from "../../photo/Covers";
import { usePhotoUrl } from "../../photo/url";
import { refusalWords } from "../case/guards";
import { useCatalogueWords } from "../cases/useCatalogueWords";
import css from "./Office.module.css";
import { whyWords } from "./pair";

export function PairPart({ one, other }: { one: string; other: string }) {
  const { data, error, refetch } = useRead("pair.get", { one, other });
  if (!data) return error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />;
  return (
    <div className={css.side}>
      <Facts pair={data} />
      <Photos pair={data} />
      {data.may_decide && <Decide pair={data} />}
    </div>
  );
}

function Facts({ pair }: { pair: PairView }) {
  const navigate = useNavigate();
  const words = useCatalogueWords();
  const { one, other } = pair;
  const open = (side: PairSide) => (
    <LinkButton onPress={() => void navigate({ to: "/cases/$id", params: { id: side.card.id }, search: {} })}>{m.office_open_case({ no: side.card.no })}</LinkButton>
  );
  const time = (side: PairSide) => (side.found_at === "" ? "" : moment(Date.parse(side.found_at)));
  const plain: [string, string, string][] = [
    [m.office_status(), words.state(one.card.status), words.state(other.card.status)],
    [m.office_found_at(), time(one), time(other)],
    [m.office_reported_by(), one.card.author, other.card.author],
    [m.office_note(), one.note, other.note],
  ];
  return (
    <Card label={m.office_pairs()}>
      <SectionHeading
        end={
          <span className={css.marks}>
            {pair.why.map((why) => (
              <Chip key={why}>{whyWords(why)}</Chip>
            ))}
          </span>
        }
      >
        {`${one.card.no} · ${other.card.no}`}
      </SectionHeading>
      <table className={css.table} data-testid="pair-facts">
        <thead>
          <tr>
            <th scope="col">{m.office_pair_fact()}</th>
            <th scope="col">{open(one)}</th>
            <th scope="col">{open(other)}</th>
          </tr>
        </thead>
        <tbody>
          {pair.facts.map((fact) => {
            const label = fact.one?.label ?? fact.other?.label;
            return (
              <tr key={fact.one?.key ?? fact.other?.key} data-differs={fact.differs} data-fact={fact.one?.key ?? fact.other?.key}>
                <th scope="row">
                  {label ? sayFirst(label) : ""} {fact.differs && <Chip tone="today">{m.office_differs()}</Chip>}
                </th>
                {[fact.one, fact.other].map((side, at) => (
                  // The two sides have no names of their own.
                  // oxlint-disable-next-line react/no-array-index-key
                  <td key={at}>{side && side.value !== null ? [say(side.text), side.unit ?? ""].filter(Boolean).join(" ") : "–"}</td>
                ))}
              </tr>
            );
          })}
          {plain
            .filter(([, left, right]) => left !== "" || right !== "")
            .map(([label, left, right]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{left || "–"}</td>
                <td>{right || "–"}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </Card>
  );
}

function Photos({ pair }: { pair: PairView }) {
  const url = usePhotoUrl();
  const both = new Set(pair.one.photos.map((p) => p.hash).filter((hash) => pair.other.photos.some((p) => p.hash === hash)));
  return (
    <Card label={m.office_photos({ count: pair.one.photos.length + pair.other.photos.length })}>
      <table className={css.table}>
        <tbody>
          <tr>
            <th scope="row">{m.office_photos({ count: pair.one.photos.length + pair.other.photos.length })}</th>
            {[pair.one, pair.other].map((side) => (
              <td key={side.card.id}>
                <ul className={css.photos}>
                  {side.photos.map((photo) => (
                    <li key={photo.hash} data-both={both.has(photo.hash)}>
                      <Covered photo={photo}>
                        <img src={url(photo.thumb ?? photo.hash)} alt={`${side.card.no} ${photo.name}`} />
                      </Covered>
                      {both.has(photo.hash) && (
                        <Chip tone="today" plain>
                          {m.office_photo_both()}
                        </Chip>
                      )}
                    </li>
                  ))}
                </ul>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Card>
  );
}

function merge(from: PairSide, into: PairSide): CaseActRequest {
  return { id: from.card.id, action: "merge", reason_code: null, reason: "", slot: null, photos: [], params: { target: into.card.id }, deadline: null, fields: {} };
}

/** The number that stays is the one the other is merged into; both stay searchable. */
function Decide({ pair }: { pair: PairView }) {
  const [reason, setReason] = useState("");
  const [asking, setAsking] = useState<[PairSide, PairSide]>();
  const [error, setError] = useState<ApiError>();
  const act = useWrite("case.act");
  const two = useWrite("pair.not_same");
  const attempt = async (write: () => Promise<unknown>, done: string) => {
    setError(undefined);
    try {
      await write();
      toast(done, { tone: "done" });
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  const ways: [PairSide, PairSide, string | null][] = [
    [pair.other, pair.one, pair.other_into_one],
    [pair.one, pair.other, pair.one_into_other],
  ];
  return (
    <Card label={m.office_pairs_note()} className={css.decide}>
      <div className={css.marks}>
        {ways.map(([from, into, why]) => (
          <Button key={into.card.id} tone={why === null ? "primary" : "plain"} isDisabled={why !== null || act.isPending} onPress={() => setAsking([from, into])} data-testid="pair-merge">
            {m.office_merge_into({ no: into.card.no })}
          </Button>
        ))}
      </div>
      <div className={css.acts}>
        <TextField label={m.office_not_same_reason()} value={reason} onChange={setReason} />
        <Button
          isDisabled={two.isPending}
          onPress={() => void attempt(() => two.mutateAsync({ one: pair.one.card.id, other: pair.other.card.id, reason: reason.trim() }), m.office_not_same_done())}
          data-testid="pair-not-same"
        >
          {m.office_not_same()}
        </Button>
      </div>
      {error && <ErrorNote error={error}>{refusalWords(error)}</ErrorNote>}
      <ConfirmDialog
        title={asking ? m.office_merge_ask({ from: asking[0].card.no, into: asking[1].card.no }) : ""}
        isOpen={asking !== undefined}
        verb={m.case_act_merge()}
        onConfirm={() => {
          if (!asking) return;
          const [from, into] = asking;
          setAsking(undefined);
          void attempt(() => act.mutateAsync(merge(from, into)), m.office_merged_done({ from: from.card.no, into: into.card.no }));
        }}
        onClose={() => setAsking(undefined)}
      >
        <p>{m.case_then_merge()}</p>
      </ConfirmDialog>
    </Card>
  );
}
