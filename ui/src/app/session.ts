/** Who is here and how far the program is open: the phase decides which screen stands. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { type ApiError, type AppStateView, type PrefsView, asApiError, useTransport } from "../ipc";
import { applyLook } from "./look";
import { currentLook, useLook } from "./lookStore";

export const STATE_KEY = ["app.state"] as const;

export function useAppState() {
  const transport = useTransport();
  return useQuery<AppStateView, ApiError>({
    queryKey: STATE_KEY,
    queryFn: () =>
      transport.state().catch((thrown: unknown) => {
        throw asApiError(thrown);
      }),
  });
}

/** The state while the program is open. Screens behind the sign-in may rely on it. */
export function useReadyState(): AppStateView {
  const { data } = useAppState();
  if (!data) throw new Error("read before the state was known");
  return data;
}

export function useHasRole(...roles: string[]): boolean {
  const { data } = useAppState();
  return data?.user?.roles.some((r) => roles.includes(r)) ?? false;
}

/** Writes of preferences on their way: in order, and until they are through an older answer is not put on screen. */
let writing = 0;
let lastWrite: Promise<unknown> = Promise.resolve();

export function isWritingPrefs(): boolean {
  return writing > 0;
}

/** What the person prefers; a change is applied at once and kept by Rust when somebody is signed in. */
export function usePrefs(): [PrefsView, (change: Partial<PrefsView>) => void] {
  const transport = useTransport();
  const client = useQueryClient();
  const look = useLook();
  const change = useCallback(
    (part: Partial<PrefsView>) => {
      const next = { ...currentLook(), ...part };
      applyLook(next);
      const state = client.getQueryData<AppStateView>(STATE_KEY);
      if (state?.phase !== "ready") return;
      writing++;
      void client.cancelQueries({ queryKey: STATE_KEY });
      client.setQueryData<AppStateView>(STATE_KEY, { ...state, prefs: next });
      lastWrite = lastWrite
        .then(() => transport.call("prefs.set", next))
        .catch(() => undefined)
        .then(() => {
          writing--;
          // What was kept is shown; a refused change is thereby taken back.
          if (writing === 0) return client.invalidateQueries({ queryKey: STATE_KEY });
          return undefined;
        });
    },
    [transport, client],
  );
  return [look, change];
}

/** One act of the doors before the rooms: enrol, unlock, sign in, sign out. The answer is the new state. */
export function useDoor<A extends unknown[]>(act: (...args: A) => Promise<AppStateView>) {
  const client = useQueryClient();
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async (...args: A) => {
    setBusy(true);
    setError(null);
    try {
      const state = await act(...args);
      client.removeQueries({ predicate: (q) => q.queryKey[0] !== STATE_KEY[0] });
      client.setQueryData(STATE_KEY, state);
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  return { go, error, busy };
}

/** A refusal that says the session ended brings the sign-in back. */
export function useWatchSession(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        const error = event.query.state.error as unknown as ApiError | null;
        if (event.type !== "updated" || event.query.queryKey[0] === STATE_KEY[0]) return;
        if (error?.code === "signed_out" || error?.code === "locked" || error?.code === "not_enrolled") void client.invalidateQueries({ queryKey: STATE_KEY });
      }),
    [client],
  );
}
