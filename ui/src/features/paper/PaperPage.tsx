/** 文书: the form beside its page, or a paper that stands. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Page } from "../../app/Page";
import { m } from "../../i18n";
import { Button } from "../../kit";
import { PaperForm } from "./PaperForm";
import { PaperStands } from "./PaperStands";

export function PaperPage() {
  const { id } = useParams({ from: "/cases/$id/papers" });
  const { template, paper } = useSearch({ from: "/cases/$id/papers" });
  const navigate = useNavigate();
  const back = () => void navigate({ to: "/cases/$id", params: { id }, search: {} });
  const end = <Button onPress={back}>{m.paper_back()}</Button>;
  if (paper !== undefined) return <PaperStands key={paper} id={paper} end={end} />;
  if (template === undefined) return <Page title={m.paper_card()} end={end}>{m.paper_choose()}</Page>;
  const issued = (made: string) => void navigate({ to: "/cases/$id/papers", params: { id }, search: { paper: made }, replace: true });
  return <PaperForm key={template} caseId={id} template={template} end={end} onIssued={issued} />;
}
