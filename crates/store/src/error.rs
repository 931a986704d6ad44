//! What can go wrong with a data folder, by cause.

use std::path::PathBuf;

use xunju_evidence::{BodyError, SignatureError};

#[derive(Debug)]
pub enum StoreError {
    /// Another program holds the folder.
    InUse {
        path: PathBuf,
    },
    AlreadyThere {
        path: PathBuf,
    },
    NotThere {
        path: PathBuf,
    },
    /// Written by a newer version; left untouched.
    Newer {
        path: PathBuf,
        found: u32,
        known: u32,
    },
    NeedsPassphrase,
    WrongPassphrase,
    /// The key store or key file no longer holds this folder's key.
    KeyGone {
        store_id: String,
    },
    KeyStore(String),
    /// Bytes that do not verify; `what` names them.
    Corrupt {
        what: String,
    },
    DiskFull {
        op: &'static str,
        path: PathBuf,
    },
    Io {
        op: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
    Sql {
        op: &'static str,
        source: rusqlite::Error,
    },
    Body(BodyError),
    Signature {
        event: String,
        source: SignatureError,
    },
    /// No device identity yet.
    NotEnrolled,
    /// A pulled page does not continue the scope it claims to.
    ScopeMismatch {
        scope: String,
    },
    EpochMismatch {
        ours: u32,
        theirs: u32,
    },
    UnknownDevice {
        dev: String,
    },
    NotFound {
        what: String,
    },
    /// A test pulled the plug here.
    Killed,
    /// A thread died holding the store.
    Poisoned,
}

impl StoreError {
    pub(crate) fn io(op: &'static str, path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull { op, path },
            _ => Self::Io { op, path, source },
        }
    }

    pub(crate) fn sql(op: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull { op, path: PathBuf::from("app.db") },
            Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => {
                Self::Corrupt { what: format!("app.db ({op})") }
            }
            _ => Self::Sql { op, source },
        }
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::InUse { path } => write!(f, "another program is using {}", path.display()),
            Self::AlreadyThere { path } => write!(f, "{} already holds a data folder", path.display()),
            Self::NotThere { path } => write!(f, "{} holds no data folder", path.display()),
            Self::Newer { path, found, known } => {
                write!(
                    f,
                    "{} was written by a newer version (schema {found}, this program knows {known}); left untouched",
                    path.display()
                )
            }
            Self::NeedsPassphrase => f.write_str("a passphrase is needed"),
            Self::WrongPassphrase => f.write_str("the passphrase is wrong"),
            Self::KeyGone { store_id } => write!(f, "the key of data folder {store_id} is not in the key store"),
            Self::KeyStore(why) => write!(f, "key store: {why}"),
            Self::Corrupt { what } => write!(f, "{what} does not verify"),
            Self::DiskFull { op, path } => write!(f, "disk full: {op} {}", path.display()),
            Self::Io { op, path, source } => write!(f, "{op} {}: {source}", path.display()),
            Self::Sql { op, source } => write!(f, "{op}: {source}"),
            Self::Body(e) => e.fmt(f),
            Self::Signature { event, source } => write!(f, "event {event}: {source}"),
            Self::NotEnrolled => f.write_str("this data folder is not enrolled"),
            Self::ScopeMismatch { scope } => write!(f, "scope {scope} does not continue"),
            Self::EpochMismatch { ours, theirs } => write!(f, "log epoch {theirs}, expected {ours}"),
            Self::UnknownDevice { dev } => write!(f, "no key known for device {dev}"),
            Self::NotFound { what } => write!(f, "{what} not found"),
            Self::Killed => f.write_str("killed by a test"),
            Self::Poisoned => f.write_str("a thread died while writing"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<BodyError> for StoreError {
    fn from(e: BodyError) -> Self {
        Self::Body(e)
    }
}
