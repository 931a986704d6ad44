/** Each error code as three sentences: what happened, what is safe, what to do. A code without words does not compile. */
import { m } from "../i18n";
import { bytesText } from "../i18n/format";
import type { ApiError, ErrorCode } from "../ipc/api.gen";

export type ErrorWords = { what: string; safe: string; next: string };

type Three = readonly [() => string, () => string, () => string];

const WORDS: Record<ErrorCode, (p: Record<string, string>) => Three> = {
  bad_request: () => [m.error_bad_request_what, m.error_bad_request_safe, m.error_bad_request_next],
  not_found: () => [m.error_not_found_what, m.error_not_found_safe, m.error_not_found_next],
  signed_out: () => [m.error_signed_out_what, m.error_signed_out_safe, m.error_signed_out_next],
  wrong_password: () => [m.error_wrong_password_what, m.error_wrong_password_safe, m.error_wrong_password_next],
  too_many_tries: (p) => [m.error_too_many_tries_what, m.error_too_many_tries_safe, () => m.error_too_many_tries_next({ retry_s: p.retry_s ?? "60" })],
  not_allowed: () => [m.error_not_allowed_what, m.error_not_allowed_safe, m.error_not_allowed_next],
  illegal_transition: () => [m.error_illegal_transition_what, m.error_illegal_transition_safe, m.error_illegal_transition_next],
  invalid: () => [m.error_invalid_what, m.error_invalid_safe, m.error_invalid_next],
  stale: () => [m.error_stale_what, m.error_stale_safe, m.error_stale_next],
  wrong_passphrase: () => [m.error_wrong_passphrase_what, m.error_wrong_passphrase_safe, m.error_wrong_passphrase_next],
  locked: () => [m.error_locked_what, m.error_locked_safe, m.error_locked_next],
  not_enrolled: () => [m.error_not_enrolled_what, m.error_not_enrolled_safe, m.error_not_enrolled_next],
  code_refused: () => [m.error_code_refused_what, m.error_code_refused_safe, m.error_code_refused_next],
  already_enrolled: () => [m.error_already_enrolled_what, m.error_already_enrolled_safe, m.error_already_enrolled_next],
  folder_in_use: () => [m.error_folder_in_use_what, m.error_folder_in_use_safe, m.error_folder_in_use_next],
  newer_database: () => [m.error_newer_database_what, m.error_newer_database_safe, m.error_newer_database_next],
  corrupt: () => [m.error_corrupt_what, m.error_corrupt_safe, m.error_corrupt_next],
  disk_full: (p) => [() => m.error_disk_full_what({ free: freeText(p) }), m.error_disk_full_safe, m.error_disk_full_next],
  disk_failed: () => [m.error_disk_failed_what, m.error_disk_failed_safe, m.error_disk_failed_next],
  photo_too_large: () => [m.error_photo_too_large_what, m.error_photo_too_large_safe, m.error_photo_too_large_next],
  photo_unsupported: () => [m.error_photo_unsupported_what, m.error_photo_unsupported_safe, m.error_photo_unsupported_next],
  photo_missing: () => [m.error_photo_missing_what, m.error_photo_missing_safe, m.error_photo_missing_next],
  no_numbers: () => [m.error_no_numbers_what, m.error_no_numbers_safe, m.error_no_numbers_next],
  stopped: () => [m.error_stopped_what, m.error_stopped_safe, m.error_stopped_next],
  no_viewer: () => [m.error_no_viewer_what, m.error_no_viewer_safe, m.error_no_viewer_next],
  paper_failed: () => [m.error_paper_failed_what, m.error_paper_failed_safe, m.error_paper_failed_next],
  offline: () => [m.error_offline_what, m.error_offline_safe, m.error_offline_next],
  not_our_server: () => [m.error_not_our_server_what, m.error_not_our_server_safe, m.error_not_our_server_next],
  log_rewritten: () => [m.error_log_rewritten_what, m.error_log_rewritten_safe, m.error_log_rewritten_next],
  server_recovering: () => [m.error_server_recovering_what, m.error_server_recovering_safe, m.error_server_recovering_next],
  server_changed: () => [m.error_server_changed_what, m.error_server_changed_safe, m.error_server_changed_next],
  device_revoked: () => [m.error_device_revoked_what, m.error_device_revoked_safe, m.error_device_revoked_next],
  upgrade_needed: () => [m.error_upgrade_needed_what, m.error_upgrade_needed_safe, m.error_upgrade_needed_next],
  wrong_host: () => [m.error_wrong_host_what, m.error_wrong_host_safe, m.error_wrong_host_next],
  internal: () => [m.error_internal_what, m.error_internal_safe, m.error_internal_next],
};

/** Worded for the person; a code of a newer version is worded as `internal`. */
export function errorWords(error: ApiError): ErrorWords {
  const of = WORDS[error.code] ?? WORDS.internal;
  const [what, safe, next] = of(error.params);
  return { what: what(), safe: safe(), next: next() };
}

function freeText(p: Record<string, string>): string {
  const bytes = Number(p.free_bytes);
  return Number.isFinite(bytes) && p.free_bytes !== undefined ? bytesText(bytes) : m.error_unknown_amount();
}
