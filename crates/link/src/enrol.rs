//! Enrolment: a one-time code and a fresh key for a name in the town.

use reqwest::Url;
use xunju_api::error::{ApiError, ErrorCode};
use xunju_evidence::PublicKey;
use xunju_sync::message::Refusal;
use xunju_sync::{EnrolReply, EnrolRequest, Welcome, limits, request, wire};

use crate::http;
use crate::pulse::Pulse;

/// Asks once.
///
/// # Errors
/// `Offline`, `NotOurServer`, `CodeRefused`, `TooManyTries`, `UpgradeNeeded`.
pub async fn enrol(origin: &Url, code: &str, key: &PublicKey, device_name: &str) -> Result<Welcome, ApiError> {
    let not_ours = || ApiError::new(ErrorCode::NotOurServer).with("server", origin);
    let echo = http::echo().map_err(|_| ApiError::new(ErrorCode::Internal).with("op", "random"))?;
    let asked = EnrolRequest {
        proto: limits::PROTO,
        code: code.trim().to_owned(),
        device_public_key: key.text(),
        device_name: device_name.to_owned(),
    };
    let body = wire::encode(&asked).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
    let url = origin.join("/v1/enrol").map_err(|_| not_ours())?;
    let offline =
        |cause: String| ApiError::new(ErrorCode::Offline).with("server", origin).with("cause", cause).retryable();
    let sent = http::client()?
        .post(url)
        .header("content-type", wire::MEDIA_TYPE)
        .header(request::ECHO_HEADER, &echo)
        .body(body)
        .send();
    let pulse = Pulse::new();
    let response = pulse.keep(http::STALL, sent).await.ok_or_else(|| offline("stalled".to_owned()))?;
    let response = response.map_err(|e| offline(e.to_string()))?;
    let ours = response.headers().get("content-type").is_some_and(|v| v.as_bytes() == wire::MEDIA_TYPE.as_bytes());
    if !ours {
        return Err(not_ours());
    }
    let read = pulse.keep(http::STALL, http::bounded(response, &pulse)).await;
    let bytes = read.and_then(Result::ok).ok_or_else(not_ours)?;
    match EnrolReply::open(&bytes, &echo).map_err(|_| not_ours())? {
        EnrolReply::Welcome(welcome) => Ok(welcome),
        EnrolReply::Refused(refusal) => Err(refused(refusal)),
    }
}

fn refused(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::Code | Refusal::Key => ApiError::new(ErrorCode::CodeRefused).at("code"),
        Refusal::TooManyTries { retry_s } => {
            ApiError::new(ErrorCode::TooManyTries).with("retry_s", retry_s).retryable()
        }
        Refusal::Upgrade { .. } => ApiError::new(ErrorCode::UpgradeNeeded),
    }
}
