import { type ReactNode, createContext, useContext } from "react";
import type { Transport } from "./transport";

const Context = createContext<Transport | null>(null);

export function TransportProvider({ transport, children }: { transport: Transport; children: ReactNode }) {
  return <Context.Provider value={transport}>{children}</Context.Provider>;
}

export function useTransport(): Transport {
  const transport = useContext(Context);
  if (!transport) throw new Error("no TransportProvider above");
  return transport;
}

/** The window's process where there is one, else the server this page came from. */
export async function pickTransport(): Promise<Transport> {
  if ("__TAURI_INTERNALS__" in window) return (await import("./transport.tauri")).tauriTransport();
  return (await import("./transport.http")).httpTransport();
}
