import { QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense, lazy, useEffect, useLayoutEffect, useRef } from "react";
import { I18nProvider } from "react-aria-components";
import { startHotkeys } from "../command";
import { intlTag, m, useLanguage } from "../i18n";
import { type AppStateView, type Transport, TransportProvider, queryClient } from "../ipc";
import { invalidateOn } from "../ipc/query";
import { ErrorNote, Skeleton, ToastRegion, errorWords, toast } from "../kit";
import { ErrorEdge } from "./ErrorEdge";
import { applyLook } from "./look";
import { STATE_KEY, isWritingPrefs, useAppState, useWatchSession } from "./session";
import style from "./Root.module.css";

const Rooms = lazy(() => import("./Rooms"));
// Whoever is signed in never loads them.
const doors = () => import("../features/auth/doors");
const SetupScreen = lazy(() => doors().then((all) => ({ default: all.SetupScreen })));
const LockedScreen = lazy(() => doors().then((all) => ({ default: all.LockedScreen })));
const SignInScreen = lazy(() => doors().then((all) => ({ default: all.SignInScreen })));

export function Root({ transport }: { transport: Transport }) {
  useEffect(startHotkeys, []);
  return (
    <QueryClientProvider client={queryClient}>
      <TransportProvider transport={transport}>
        <InLanguage>
          <ErrorEdge>
            <Changes transport={transport} />
            <Doors />
            <ToastRegion />
          </ErrorEdge>
        </InLanguage>
      </TransportProvider>
    </QueryClientProvider>
  );
}

/** A new language draws everything anew, and gives the focus back to the control that changed it. */
export function InLanguage({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const last = useRef(language);
  const focused = useRef("");
  if (last.current !== language) {
    last.current = language;
    focused.current = document.activeElement?.id ?? "";
  }
  useLayoutEffect(() => {
    document.title = m.app_name();
    if (focused.current !== "") document.getElementById(focused.current)?.focus();
    focused.current = "";
  }, [language]);
  return (
    <I18nProvider locale={intlTag(language)} key={language}>
      {children}
    </I18nProvider>
  );
}

function Changes({ transport }: { transport: Transport }) {
  const client = useQueryClient();
  const phase = useAppState().data?.phase;
  useEffect(() => {
    // On the web nobody is told anything before the sign-in.
    if (phase === undefined || phase === "signed_out") return;
    return transport.onChange((change) => invalidateOn(client, change));
  }, [transport, client, phase]);
  useEffect(() => transport.onRefusal((error) => toast([error.params.name, errorWords(error).what].filter(Boolean).join(" · "), { tone: "error", seconds: null })), [transport]);
  useWatchSession();
  return null;
}

function Doors() {
  const state = useAppState();
  const client = useQueryClient();
  const prefs = state.data?.phase === "ready" ? state.data.prefs : undefined;
  useEffect(() => {
    if (prefs && !isWritingPrefs()) applyLook(prefs);
  }, [prefs]);

  if (!state.data) {
    return (
      <main className={style.alone}>
        {state.error ? <ErrorNote error={state.error} onRetry={() => void client.invalidateQueries({ queryKey: STATE_KEY })} /> : <Skeleton lines={4} />}
      </main>
    );
  }
  return (
    <Suspense fallback={<main className={style.alone}><Skeleton lines={6} /></main>}>
      <Door phase={state.data.phase} />
    </Suspense>
  );
}

function Door({ phase }: { phase: AppStateView["phase"] }) {
  switch (phase) {
    case "setup":
      return <SetupScreen />;
    case "locked":
      return <LockedScreen />;
    case "signed_out":
      return <SignInScreen />;
    default:
      return <Rooms />;
  }
}
