/** 文书: the form beside its page, or a paper that stands; of a case, or of a round. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Page } from "../../app/Page";
import { m } from "../../i18n";
import { Button } from "../../kit";
import { PaperForm } from "./PaperForm";
import { PaperStands } from "./PaperStands";
import { PapersCard } from "./PapersCard";
import { type PaperOf, ofCase, ofRound } from "./asked";

export function PaperPage() {
  const { id } = useParams({ from: "/cases/$id/papers" });
  const search = useSearch({ from: "/cases/$id/papers" });
  const navigate = useNavigate();
  const open = (search: Opened) => void navigate({ to: "/cases/$id/papers", params: { id }, search, replace: true });
  const back = <Button onPress={() => void navigate({ to: "/cases/$id", params: { id }, search: {} })}>{m.paper_back()}</Button>;
  return <Papers of={ofCase(id)} {...search} back={back} onOpen={open} />;
}

export function RoundPaperPage() {
  const { id } = useParams({ from: "/rounds/$id/papers" });
  const search = useSearch({ from: "/rounds/$id/papers" });
  const navigate = useNavigate();
  const open = (search: Opened) => void navigate({ to: "/rounds/$id/papers", params: { id }, search, replace: true });
  const back = <Button onPress={() => void navigate({ to: "/rounds/$id", params: { id } })}>{m.paper_back_round()}</Button>;
  return <Papers of={ofRound(id)} {...search} back={back} onOpen={open} />;
}

type Opened = { template?: string; paper?: string };
type Props = { of: PaperOf; template?: string | undefined; paper?: string | undefined; back: React.ReactNode; onOpen: (search: Opened) => void };

function Papers({ of, template, paper, back, onOpen }: Props) {
  if (paper !== undefined) return <PaperStands key={paper} id={paper} end={back} />;
  if (template === undefined) {
    return (
      <Page title={m.paper_card()} end={back}>
        <PapersCard of={of} onOpen={onOpen} />
      </Page>
    );
  }
  return <PaperForm key={template} of={of} template={template} end={back} onIssued={(issued) => onOpen({ paper: issued })} />;
}
