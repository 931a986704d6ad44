import { useNavigate, useSearch } from "@tanstack/react-router";
import { type Queue, ReviewDesk } from "../features/review/ReviewDesk";

const QUEUES: readonly Queue[] = ["to_review", "returned", "difficult"];

/** The address names the queue and the case at hand, so that a restart goes on there. */
export function ReviewPage() {
  const search = useSearch({ from: "/review" });
  const navigate = useNavigate();
  const queue = QUEUES.find((q) => q === search.queue) ?? "to_review";
  return (
    <ReviewDesk
      queue={queue}
      caseId={search.case}
      onGo={(next, id) => void navigate({ to: "/review", search: { queue: next, case: id }, replace: true })}
      onOpenCase={(id) => void navigate({ to: "/cases/$id", params: { id }, search: {} })}
    />
  );
}
