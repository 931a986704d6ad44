import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { CaseScreen } from "../features/case/CaseScreen";

/** The address names the case, and for a returned one the photo slot to stand open. */
export function CasePage() {
  const { id } = useParams({ from: "/cases/$id" });
  const { slot } = useSearch({ from: "/cases/$id" });
  const navigate = useNavigate();
  return (
    <CaseScreen
      key={id}
      id={id}
      slot={slot}
      onOpenCase={(other) => void navigate({ to: "/cases/$id", params: { id: other }, search: {} })}
      onOpenDwelling={({ compound, building, room }) => void navigate({ to: "/compounds/$id/dwelling", params: { id: compound }, search: { building, room } })}
    />
  );
}
