//! The closed list of error codes. The UI words each one: what happened, what is safe, what to do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Every way an answer can be a refusal. Adding one means adding its words in three languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The command or its arguments are not of this version's table.
    BadRequest,
    NotFound,
    /// Nobody is signed in, or the session ended.
    SignedOut,
    WrongPassword,
    /// Too many tries; `params.retry_s`.
    TooManyTries,
    /// The role does not allow it; `params.action`.
    NotAllowed,
    /// The lifecycle does not allow it; `params.from`, `params.action`.
    IllegalTransition,
    /// A form is not complete or not right; `field` and `params.problem`.
    Invalid,
    /// The case moved on meanwhile.
    Stale,
    WrongPassphrase,
    Locked,
    NotEnrolled,
    /// The one-time code is unknown, used or too old.
    CodeRefused,
    AlreadyEnrolled,
    /// Another program holds the data folder; `params.folder`.
    FolderInUse,
    /// The database was written by a newer version; left untouched; `params.found`, `params.known`.
    NewerDatabase,
    /// The database or its journal does not verify; `params.what`.
    Corrupt,
    /// The disk is full; `params.free_bytes`.
    DiskFull,
    /// Reading or writing failed; `params.path`.
    DiskFailed,
    PhotoTooLarge,
    /// Not an image this program can keep as evidence; `params.media_type`.
    PhotoUnsupported,
    PhotoMissing,
    /// Every document number of this kind on this machine is used; `params.series`.
    NoNumbers,
    /// The pages of a paper could not be set; `params.cause`.
    PaperFailed,
    /// No program on this machine opens a PDF; `params.cause`.
    NoViewer,
    /// The server cannot be reached.
    Offline,
    /// The server answered something that is not Xunju (captive portal, proxy).
    NotOurServer,
    /// The server was put back from a backup and asks the laptops for what came after it.
    ServerRecovering,
    /// The server's key is not the one this laptop was enrolled with.
    ServerChanged,
    /// The log is not what this laptop saw of it before: something was changed or taken out.
    LogRewritten,
    /// The device's enrolment was ended.
    DeviceRevoked,
    /// The server asks for a newer program before new work; delivery goes on.
    UpgradeNeeded,
    /// The person stopped it; what was written before is whole and stays.
    Stopped,
    /// Only a laptop, or only the web desk, can do this.
    WrongHost,
    /// Something this program did not foresee; `params.op`.
    Internal,
}

/// A refusal. Never a sentence, never a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApiError {
    pub code: ErrorCode,
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// Whether trying again later may help.
    #[serde(default)]
    pub retry: bool,
    #[serde(default)]
    pub field: Option<String>,
}

impl ApiError {
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self { code, params: BTreeMap::new(), retry: false, field: None }
    }

    #[must_use]
    pub fn with(mut self, key: &str, value: impl std::fmt::Display) -> Self {
        self.params.insert(key.to_owned(), value.to_string());
        self
    }

    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.retry = true;
        self
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.code, self.params)
    }
}

impl std::error::Error for ApiError {}
