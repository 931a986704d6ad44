//! From results to HTTP: JSON, and refusals as the closed codes of `api`.

use std::collections::BTreeMap;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use xunju_api::error::{ApiError, ErrorCode};

use super::trace;
use crate::error::{Result, ServerError};

/// Runs blocking work away from the event loop and answers with its JSON.
pub async fn blocking<T: Serialize + Send + 'static>(act: impl FnOnce() -> Result<T> + Send + 'static) -> Response {
    match away(act).await {
        Ok(value) => json(&value),
        Err(e) => refusal(e),
    }
}

/// Runs blocking work away from the event loop.
///
/// # Errors
/// What the work says, or that it panicked.
pub async fn away<T: Send + 'static>(act: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(act).await.map_err(|e| ServerError::inner("work", e))?
}

pub fn json<T: Serialize>(value: &T) -> Response {
    with_status(StatusCode::OK, value)
}

fn with_status<T: Serialize>(status: StatusCode, value: &T) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    match serde_json::to_vec(value) {
        Ok(body) => (status, kind, body).into_response(),
        Err(e) => {
            tracing::error!(error = %e, "answer does not write");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

pub fn refusal(error: ServerError) -> Response {
    let error = api_error(error);
    with_status(status(error.code), &error)
}

pub fn api_refusal(error: &ApiError) -> Response {
    with_status(status(error.code), error)
}

pub async fn nothing_here() -> Response {
    refusal(ServerError::NotFound { what: "route".to_owned() })
}

fn api_error(error: ServerError) -> ApiError {
    let code = code(&error);
    if code == ErrorCode::Internal || code == ErrorCode::DiskFailed {
        tracing::error!(%error, request = trace::number(), "request failed");
    }
    let mut params = BTreeMap::new();
    let mut field = None;
    match error {
        ServerError::TooManyTries { retry_s } => drop(params.insert("retry_s".to_owned(), retry_s.to_string())),
        ServerError::NotAllowed { action } => drop(params.insert("action".to_owned(), action.to_owned())),
        ServerError::WeakPassword { chars_min } => {
            field = Some("password".to_owned());
            params.insert("problem".to_owned(), "too_short".to_owned());
            params.insert("min".to_owned(), chars_min.to_string());
        }
        ServerError::BadUserName { .. } => {
            field = Some("user".to_owned());
            params.insert("problem".to_owned(), "not_a_name".to_owned());
        }
        ServerError::BadRequest { what } | ServerError::NotFound { what } => {
            drop(params.insert("what".to_owned(), what))
        }
        _ => {}
    }
    if let Some(number) = trace::number().filter(|_| matches!(code, ErrorCode::Internal | ErrorCode::DiskFailed)) {
        params.insert("request".to_owned(), number);
    }
    let retry =
        matches!(code, ErrorCode::TooManyTries | ErrorCode::DiskFull | ErrorCode::DiskFailed | ErrorCode::Internal);
    ApiError { code, params, retry, field }
}

fn code(error: &ServerError) -> ErrorCode {
    match error {
        ServerError::BadRequest { .. } | ServerError::Body(_) | ServerError::Signature(_) => ErrorCode::BadRequest,
        ServerError::NotFound { .. } | ServerError::UnknownUser { .. } => ErrorCode::NotFound,
        ServerError::SignedOut => ErrorCode::SignedOut,
        ServerError::WrongPassword => ErrorCode::WrongPassword,
        ServerError::TooManyTries { .. } => ErrorCode::TooManyTries,
        ServerError::NotAllowed { .. } => ErrorCode::NotAllowed,
        ServerError::WeakPassword { .. }
        | ServerError::BadUserName { .. }
        | ServerError::UnknownRole { .. }
        | ServerError::UnknownUnit { .. } => ErrorCode::Invalid,
        ServerError::CodeRefused | ServerError::AlreadySetUp => ErrorCode::CodeRefused,
        ServerError::FolderInUse { .. } => ErrorCode::FolderInUse,
        ServerError::Recovering => ErrorCode::ServerRecovering,
        ServerError::NewerDatabase { .. } => ErrorCode::NewerDatabase,
        ServerError::Corrupt { .. } | ServerError::MigrationChanged { .. } => ErrorCode::Corrupt,
        other if other.code() == "disk_full" => ErrorCode::DiskFull,
        ServerError::Io { .. } | ServerError::Photo(_) => ErrorCode::DiskFailed,
        _ => ErrorCode::Internal,
    }
}

fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadRequest => StatusCode::BAD_REQUEST,
        ErrorCode::NotFound | ErrorCode::PhotoMissing => StatusCode::NOT_FOUND,
        ErrorCode::SignedOut | ErrorCode::WrongPassword => StatusCode::UNAUTHORIZED,
        ErrorCode::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::NotAllowed | ErrorCode::CodeRefused | ErrorCode::WrongHost => StatusCode::FORBIDDEN,
        ErrorCode::IllegalTransition | ErrorCode::Stale | ErrorCode::NoNumbers => StatusCode::CONFLICT,
        ErrorCode::Invalid | ErrorCode::PhotoUnsupported => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::PhotoTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        ErrorCode::FolderInUse | ErrorCode::ServerRecovering => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
