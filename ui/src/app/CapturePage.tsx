import { useNavigate, useSearch } from "@tanstack/react-router";
import { CaptureScreen } from "../features/capture/CaptureScreen";

/** The address names the draft, so that a reload goes on where it stood. */
export function CapturePage() {
  const { draft } = useSearch({ from: "/new" });
  const navigate = useNavigate();
  return (
    <CaptureScreen
      draftId={draft}
      onDraft={(id) => void navigate({ to: "/new", search: { draft: id }, replace: true })}
      onLeave={() => void navigate({ to: "/today" })}
      onOpenCase={(id) => void navigate({ to: "/cases/$id", params: { id }, search: {} })}
    />
  );
}
