/** The window's own process, over Tauri's IPC. */
import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { ApiError } from "./api.gen";
import { ApiFailure, type Change, type Transport, failure, isApiError } from "./transport";

async function ask<T>(command: string, args: Parameters<typeof invoke>[1] = {}, headers?: Record<string, string>): Promise<T> {
  try {
    return await invoke<T>(command, args, headers ? { headers } : undefined);
  } catch (thrown) {
    if (isApiError(thrown)) throw new ApiFailure(thrown);
    throw failure("internal", { op: command, cause: String(thrown) });
  }
}

export function tauriTransport(): Transport {
  return {
    call: (name, args) => ask("call", { command: name, args }),
    state: () => ask("app_state"),
    enrol: (request) => ask("app_enrol", { request }),
    unlock: (request) => ask("app_unlock", { request }),
    login: () => Promise.reject(failure("wrong_host")),
    setUp: () => Promise.reject(failure("wrong_host")),
    logout: () => Promise.reject(failure("wrong_host")),
    importPhoto: async (file, meta) =>
      ask("photo_import", await file.arrayBuffer(), {
        "X-Photo-Name": encodeURIComponent(meta.name),
        "X-Photo-Channel": meta.channel,
        ...(meta.mtime_ms === null ? {} : { "X-Photo-Mtime": String(meta.mtime_ms) }),
      }),
    uploadLedger: async (file, name) => ask("ledger_upload", await file.arrayBuffer(), { "X-File-Name": encodeURIComponent(name) }),
    openPaper: (id) => ask("paper_open", { id }),
    photoUrl: (hash) => convertFileSrc(hash, "photo"),
    onChange: (tell) => hear<Change>("changed", tell),
    onRefusal: (tell) => hear<ApiError>("import_refused", tell),
  };
}

function hear<T>(event: string, tell: (payload: T) => void): () => void {
  const stop = listen<T>(event, (heard) => tell(heard.payload));
  return () => {
    void stop.then((unlisten) => unlisten());
  };
}
