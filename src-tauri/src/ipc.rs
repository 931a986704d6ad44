//! What the page may ask. Each is a hand-over to a worker thread: the window's own thread draws.

use serde_json::Value;
use tauri::State;
use tauri::ipc::{InvokeBody, Request};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::app::{AppStateView, EnrolRequest, UnlockRequest};
use xunju_api::view::ledger::LedgerUpload;
use xunju_api::view::photo::{Channel, TrayPhoto};

use crate::desk::Desk;
use crate::{renderer, viewer};

#[tauri::command]
pub async fn call(desk: State<'_, Desk>, command: String, args: Value) -> Result<Value, ApiError> {
    let desk = desk.inner().clone();
    away(move || desk.call(&command, args)).await
}

#[tauri::command]
pub async fn app_state(desk: State<'_, Desk>) -> Result<AppStateView, ApiError> {
    let desk = desk.inner().clone();
    renderer::painted();
    away(move || desk.state()).await
}

#[tauri::command]
pub async fn app_enrol(desk: State<'_, Desk>, request: EnrolRequest) -> Result<AppStateView, ApiError> {
    let desk = desk.inner().clone();
    away(move || desk.enrol(&request)).await
}

#[tauri::command]
pub async fn app_unlock(desk: State<'_, Desk>, request: UnlockRequest) -> Result<AppStateView, ApiError> {
    let desk = desk.inner().clone();
    away(move || desk.unlock(&request)).await
}

/// Opens a paper in the system's viewer.
#[tauri::command]
pub async fn paper_open(desk: State<'_, Desk>, id: String) -> Result<(), ApiError> {
    let desk = desk.inner().clone();
    away(move || {
        let (name, pdf) = desk.paper(&id)?;
        viewer::open(&name, &pdf)
    })
    .await
}

/// The body is the file's bytes; `X-Photo-Name` is percent-encoded, `X-Photo-Mtime` in milliseconds.
#[tauri::command]
pub async fn photo_import(desk: State<'_, Desk>, request: Request<'_>) -> Result<TrayPhoto, ApiError> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(ApiError::new(ErrorCode::BadRequest).with("op", "photo_import").with("cause", "no bytes"));
    };
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let name = percent_decoded(header("X-Photo-Name").unwrap_or_default());
    let mtime_ms = header("X-Photo-Mtime").and_then(|text| text.parse().ok());
    let channel = header("X-Photo-Channel").unwrap_or("picker");
    let channel: Channel = serde_json::from_value(Value::from(channel))
        .map_err(|e| ApiError::new(ErrorCode::BadRequest).with("op", "photo_import").with("cause", e))?;
    let (desk, bytes) = (desk.inner().clone(), bytes.clone());
    away(move || desk.import(&bytes, &name, mtime_ms, channel)).await
}

/// The body is the ledger's bytes; `X-File-Name` is percent-encoded.
#[tauri::command]
pub async fn ledger_upload(desk: State<'_, Desk>, request: Request<'_>) -> Result<LedgerUpload, ApiError> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(ApiError::new(ErrorCode::BadRequest).with("op", "ledger_upload").with("cause", "no bytes"));
    };
    let name = request.headers().get("X-File-Name").and_then(|value| value.to_str().ok());
    let name = percent_decoded(name.unwrap_or_default());
    let (desk, bytes) = (desk.inner().clone(), bytes.clone());
    away(move || desk.ledger_upload(&bytes, &name)).await
}

async fn away<T: Send + 'static>(job: impl FnOnce() -> Result<T, ApiError> + Send + 'static) -> Result<T, ApiError> {
    let joined = tauri::async_runtime::spawn_blocking(job).await;
    joined.unwrap_or_else(|e| Err(ApiError::new(ErrorCode::Internal).with("op", "ipc").with("cause", e)))
}

/// `%E5%AE%B6.jpg` as written by the page's `encodeURIComponent`; what is not valid stays as it is.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
        let code = match (first, tail) {
            (b'%', [high, low, ..]) => digit(*high).zip(digit(*low)).map(|(h, l)| h << 4 | l),
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::percent_decoded;

    #[test]
    fn names_come_through() {
        assert_eq!(percent_decoded("%E5%AE%B6%20%231.jpg"), "家 #1.jpg");
        assert_eq!(percent_decoded("100%.jpg%4"), "100%.jpg%4");
    }
}
