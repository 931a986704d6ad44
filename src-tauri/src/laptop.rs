//! The one seam to the program behind the window. Stands in until `xunju_link::Laptop` is there:
//! it can only say that the laptop is not enrolled.

use std::path::Path;

use serde_json::Value;
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::app::{AppStateView, EnrolRequest, Host, Phase, PrefsView, UnlockRequest};
use xunju_api::view::photo::{Channel, TrayPhoto};

#[derive(Clone)]
pub struct Desk;

fn not_enrolled() -> ApiError {
    ApiError::new(ErrorCode::NotEnrolled)
}

impl Desk {
    pub fn open(_folder: &Path) -> Self {
        Self
    }

    pub fn state(&self) -> Result<AppStateView, ApiError> {
        Ok(AppStateView {
            phase: Phase::Setup,
            host: Host::Desktop,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            town: None,
            server_url: None,
            user: None,
            device: None,
            key_protection: None,
            prefs: PrefsView::default(),
        })
    }

    pub fn enrol(&self, _request: EnrolRequest) -> Result<AppStateView, ApiError> {
        Err(not_enrolled())
    }

    pub fn unlock(&self, _request: UnlockRequest) -> Result<AppStateView, ApiError> {
        Err(not_enrolled())
    }

    pub fn call(&self, _command: &str, _args: Value) -> Result<Value, ApiError> {
        Err(not_enrolled())
    }

    pub fn import(&self, _: &[u8], _: &str, _: Option<i64>, _: Channel) -> Result<TrayPhoto, ApiError> {
        Err(not_enrolled())
    }

    pub fn photo(&self, _hash: &str) -> Result<Vec<u8>, ApiError> {
        Err(not_enrolled())
    }

    pub fn scan_watched(&self) -> Result<u32, ApiError> {
        Ok(0)
    }

    pub fn on_change(&self, _tell: impl Fn(Value) + Send + Sync + 'static) {}
}
