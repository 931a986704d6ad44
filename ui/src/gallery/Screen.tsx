import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider, createMemoryHistory } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { InLanguage } from "../app/Root";
import { makeRouter } from "../app/router";
import { useAppState } from "../app/session";
import { startHotkeys } from "../command";
import { LockedScreen, SetupScreen, SignInScreen } from "../features/auth/doors";
import { type PrefsView, TransportProvider, queryClient } from "../ipc";
import { FIXTURE_STATE, fixtureTransport } from "../ipc/transport.fixture";
import { ToastRegion } from "../kit";
import { fixtureUrl } from "../photo/fixture";
import { sampleAnswers } from "./sample";

const DOORS: Record<string, () => React.ReactNode> = { setup: SetupScreen, locked: LockedScreen, signin: SignInScreen };

/** A screen of the product over the made-up transport. */
export function Screen({ path, look, role }: { path: string; look: PrefsView; role: string }) {
  const [transport] = useState(() => {
    const user = FIXTURE_STATE.user ? { ...FIXTURE_STATE.user, roles: [role] } : null;
    return fixtureTransport(sampleAnswers(), { ...FIXTURE_STATE, user, prefs: look }, fixtureUrl);
  });
  const [router] = useState(() => makeRouter(createMemoryHistory({ initialEntries: [path] })));
  useEffect(startHotkeys, []);
  const Door = DOORS[path];
  return (
    <QueryClientProvider client={queryClient}>
      <TransportProvider transport={transport}>
        <InLanguage>
          {Door ? <Door /> : <WhenReady>{<RouterProvider router={router} />}</WhenReady>}
          <ToastRegion />
        </InLanguage>
      </TransportProvider>
    </QueryClientProvider>
  );
}

function WhenReady({ children }: { children: React.ReactNode }) {
  return useAppState().data ? children : null;
}
