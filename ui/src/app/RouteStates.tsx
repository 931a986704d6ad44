import { Link } from "@tanstack/react-router";
import { m } from "../i18n";
import { asApiError } from "../ipc";
import { EmptyState, ErrorNote, Skeleton } from "../kit";
import { Page } from "./Page";

export function RoutePending() {
  return <Skeleton lines={6} />;
}

export function RouteError({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <Page title={m.app_name()}>
      <ErrorNote error={asApiError(error)} onRetry={reset} />
    </Page>
  );
}

export function MissingScreen() {
  return (
    <Page title={m.app_missing_title()}>
      <EmptyState title={m.app_missing_title()} why={m.app_missing_why()}>
        <Link to="/today">{m.app_go_today()}</Link>
      </EmptyState>
    </Page>
  );
}
