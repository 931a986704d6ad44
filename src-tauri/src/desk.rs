//! The laptop behind the window, or why it could not be opened: then every question is answered with
//! that reason, and the window says what to do.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use xunju_api::error::ApiError;
use xunju_api::view::app::{AppStateView, EnrolRequest, UnlockRequest};
use xunju_api::view::ledger::LedgerUpload;
use xunju_api::view::photo::{Channel, TrayPhoto};
use xunju_link::{Laptop, Options};

/// Cheap to clone; one laptop behind all clones.
#[derive(Clone)]
pub struct Desk(Result<Arc<Laptop>, ApiError>);

impl Desk {
    /// Opens the data folder and starts the network. Another program on the folder, a damaged or a newer
    /// one leave it untouched.
    pub fn open(folder: &Path) -> Self {
        let opened = Laptop::open(folder, Options::default());
        Self(opened.and_then(|laptop| laptop.start().map(|()| Arc::new(laptop))))
    }

    fn laptop(&self) -> Result<&Laptop, ApiError> {
        self.0.as_deref().map_err(Clone::clone)
    }

    pub fn state(&self) -> Result<AppStateView, ApiError> {
        self.laptop()?.state()
    }

    pub fn enrol(&self, request: &EnrolRequest) -> Result<AppStateView, ApiError> {
        self.laptop()?.enrol(request)
    }

    pub fn unlock(&self, request: &UnlockRequest) -> Result<AppStateView, ApiError> {
        self.laptop()?.unlock(&request.passphrase)
    }

    pub fn call(&self, command: &str, args: Value) -> Result<Value, ApiError> {
        self.laptop()?.call(command, args)
    }

    pub fn import(&self, bytes: &[u8], name: &str, mtime_ms: Option<i64>, way: Channel) -> Result<TrayPhoto, ApiError> {
        self.laptop()?.import(bytes, name, mtime_ms, way)
    }

    pub fn ledger_upload(&self, bytes: &[u8], name: &str) -> Result<LedgerUpload, ApiError> {
        let (api, caller) = self.laptop()?.caller()?;
        api.ledger_upload(&caller, name, bytes)
    }

    pub fn photo(&self, hash: &str) -> Result<Vec<u8>, ApiError> {
        self.laptop()?.photo(hash)
    }

    /// A paper's PDF as it was issued, with the name it is saved by.
    pub fn paper(&self, id: &str) -> Result<(String, Vec<u8>), ApiError> {
        let (api, caller) = self.laptop()?.caller()?;
        api.paper_file(&caller, id)
    }

    /// Tells every change as the page reads it: `{topics, ids, seq}`.
    pub fn on_change(&self, tell: impl Fn(Value) + Send + Sync + 'static) {
        let seq = AtomicU64::new(0);
        if let Ok(laptop) = &self.0 {
            laptop.on_change(move |changed| {
                let ids: Vec<&str> =
                    changed.records.iter().filter_map(|record| Some(record.split_once(':')?.1)).collect();
                tell(json!({ "topics": changed.topics, "ids": ids, "seq": seq.fetch_add(1, Ordering::Relaxed) }));
            });
        }
    }

    /// Lets go of the network before the program ends.
    pub fn close(&self) {
        if let Ok(laptop) = &self.0 {
            laptop.stop();
        }
    }
}
