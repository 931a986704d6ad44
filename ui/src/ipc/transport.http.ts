/** The town server over HTTP, from its own page. Every write carries a header no form of another site can send. */
import type { ApiError } from "./api.gen";
import { ApiFailure, type Change, type Transport, failure, isApiError } from "./transport";

const OURS = { "X-Xunju": "1" };

async function answer<T>(request: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await request;
  } catch {
    throw failure("offline", {}, true);
  }
  const text = await response.text();
  let body: unknown;
  try {
    body = text === "" ? null : JSON.parse(text);
  } catch {
    throw failure("not_our_server", { status: String(response.status) });
  }
  if (response.ok) return body as T;
  if (isApiError(body)) throw new ApiFailure(body as ApiError);
  throw failure(response.status === 401 ? "signed_out" : "internal", { status: String(response.status) });
}

function post<T>(path: string, body: unknown): Promise<T> {
  return answer<T>(
    fetch(path, {
      method: "POST",
      credentials: "same-origin",
      headers: { ...OURS, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

export function httpTransport(): Transport {
  return {
    call: (name, args) => post(`/api/call/${name}`, args),
    state: () => answer(fetch("/api/state", { credentials: "same-origin" })),
    enrol: () => Promise.reject(failure("wrong_host")),
    unlock: () => Promise.reject(failure("wrong_host")),
    login: (request) => post("/api/login", request),
    setUp: (request) => post("/api/setup", request),
    logout: () => post("/api/logout", {}),
    importPhoto: (file, meta) =>
      answer(
        fetch("/api/photo", {
          method: "POST",
          credentials: "same-origin",
          headers: {
            ...OURS,
            "Content-Type": "application/octet-stream",
            "X-Photo-Name": encodeURIComponent(meta.name),
            "X-Photo-Channel": meta.channel,
            ...(meta.mtime_ms === null ? {} : { "X-Photo-Mtime": String(meta.mtime_ms) }),
          },
          body: file,
        }),
      ),
    uploadLedger: (file, name) =>
      answer(
        fetch("/api/ledger/file", {
          method: "POST",
          credentials: "same-origin",
          headers: { ...OURS, "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(name) },
          body: file,
        }),
      ),
    openPaper: async (id) => {
      window.open(`/api/paper/${encodeURIComponent(id)}.pdf`, "_blank", "noopener");
    },
    photoUrl: (hash) => `/photo/${hash}`,
    onChange: listen,
    // A browser hands dropped files to the page itself.
    onRefusal: () => () => {},
  };
}

const LISTEN_AGAIN_MS = 5000;

/**
 * Server-sent events; after a break everything may have changed, so the first message of a new connection says so.
 * The browser connects again by itself after a break of the network, but gives up when the server refuses: then we do.
 */
function listen(tell: (change: Change) => void): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let broken = false;
  const open = () => {
    source = new EventSource("/api/events");
    source.addEventListener("changed", (event: MessageEvent<string>) => tell(readChange(event.data)));
    source.addEventListener("open", () => {
      if (broken) tell(EVERYTHING);
      broken = false;
    });
    source.addEventListener("error", () => {
      broken = true;
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, LISTEN_AGAIN_MS);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

const EVERYTHING: Change = { topics: [], ids: [], seq: 0 };

function readChange(data: string): Change {
  try {
    return JSON.parse(data) as Change;
  } catch {
    return EVERYTHING;
  }
}
