/**
 * All the interface may ask of what stands behind it: the window's own process, or the town server.
 * Only this folder knows which of the two it is.
 */
import type { ApiError, AppStateView, Channel, Commands, EnrolRequest, ErrorCode, LedgerUpload, LoginRequest, TrayPhoto, UnlockRequest } from "./api.gen";

export type CommandName = keyof Commands;
export type Args<K extends CommandName> = Commands[K]["args"];
export type Out<K extends CommandName> = Commands[K]["out"];

/** What changed behind the interface. No topics means: everything may have. */
export type Change = { topics: string[]; ids: string[]; seq: number };

export type PhotoMeta = { name: string; mtime_ms: number | null; channel: Channel };

/** The town server's very first account, made with the code it printed at its first start. */
export type FirstAdministrator = { code: string; user: string; password: string; town_name: string | null };

export interface Transport {
  call<K extends CommandName>(name: K, args: Args<K>): Promise<Out<K>>;
  state(): Promise<AppStateView>;
  /** Desktop only: binds this laptop to a town server. */
  enrol(request: EnrolRequest): Promise<AppStateView>;
  /** Desktop only: opens the data folder where its key is wrapped by a passphrase. */
  unlock(request: UnlockRequest): Promise<AppStateView>;
  /** Web only. */
  login(request: LoginRequest): Promise<AppStateView>;
  /** Web only, once. */
  setUp(request: FirstAdministrator): Promise<AppStateView>;
  /** Web only. */
  logout(): Promise<AppStateView>;
  /** The bytes go through untouched. */
  importPhoto(file: Blob, meta: PhotoMeta): Promise<TrayPhoto>;
  /** A ledger to be read: its answer names it in `ledger.preview` and `ledger.import`. */
  uploadLedger(file: Blob, name: string): Promise<LedgerUpload>;
  /** Opens a paper where it is read and printed: the system's viewer, or a page of its own. */
  openPaper(id: string): Promise<void>;
  /** An address an `img` can show, of an original or of a rendition. */
  photoUrl(hash: string): string;
  /** Calls back on every change; the answer stops it. */
  onChange(tell: (change: Change) => void): () => void;
  /** A file dropped on the window that could not be taken in; `params.name` is its name. */
  onRefusal(tell: (error: ApiError) => void): () => void;
}

/** A refusal as an exception. Carries a code, never a sentence; `kit/ErrorNote` words it. */
export class ApiFailure extends Error {
  readonly api: ApiError;
  constructor(api: ApiError) {
    super(api.code);
    this.name = "ApiFailure";
    this.api = api;
  }
}

export function failure(code: ErrorCode, params: Record<string, string> = {}, retry = false): ApiFailure {
  return new ApiFailure({ code, params, retry, field: null });
}

/** What was thrown, as an `ApiError`. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiFailure) return thrown.api;
  if (isApiError(thrown)) return thrown;
  return { code: "internal", params: { op: "ui", cause: String(thrown) }, retry: false, field: null };
}

export function isApiError(value: unknown): value is ApiError {
  return typeof value === "object" && value !== null && typeof (value as { code?: unknown }).code === "string" && "params" in value;
}
