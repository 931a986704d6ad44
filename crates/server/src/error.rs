//! Why the server refuses or fails, by cause.

use std::path::{Path, PathBuf};

use xunju_evidence::{BodyError, SignatureError};
use xunju_photos::PhotoError;

pub type Result<T> = std::result::Result<T, ServerError>;

/// Every cause, with what was being done and to what.
#[derive(Debug)]
pub enum ServerError {
    Io {
        op: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
    Sql {
        op: &'static str,
        source: rusqlite::Error,
    },
    /// The journal was written by a newer program; it was not touched.
    NewerDatabase {
        path: PathBuf,
        found: u32,
        known: u32,
    },
    /// A migration that already ran is not the one this program carries.
    MigrationChanged {
        path: PathBuf,
        number: u32,
    },
    /// What is stored contradicts itself.
    Corrupt {
        what: String,
    },
    /// Another server already serves this folder.
    FolderInUse {
        path: PathBuf,
    },
    /// A plain listener beyond this machine would carry passwords in the clear.
    PlainListener {
        addr: String,
    },
    Tls {
        path: PathBuf,
        why: String,
    },
    /// The server was put back from a backup and takes nothing new yet.
    Recovering,
    /// The writer thread is gone: the process is stopping.
    Stopped,
    UnknownUnit {
        unit: String,
    },
    UnknownRole {
        role: String,
    },
    UnknownUser {
        user: String,
    },
    BadUserName {
        user: String,
    },
    WeakPassword {
        chars_min: usize,
    },
    WrongPassword,
    TooManyTries {
        retry_s: u64,
    },
    SignedOut,
    NotAllowed {
        action: &'static str,
    },
    CodeRefused,
    AlreadySetUp,
    /// The folder already holds a town.
    TownExists {
        records: u64,
    },
    BadRequest {
        what: String,
    },
    NotFound {
        what: String,
    },
    Body(BodyError),
    Signature(SignatureError),
    Photo(xunju_photos::PhotoError),
    /// A sign of life from another crate, in its own words.
    Inner {
        op: &'static str,
        why: String,
    },
}

impl ServerError {
    #[must_use]
    pub fn io(op: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::Io { op, path: path.to_owned(), source }
    }

    pub fn sql(op: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| Self::Sql { op, source }
    }

    #[must_use]
    pub fn inner(op: &'static str, why: impl std::fmt::Display) -> Self {
        Self::Inner { op, why: why.to_string() }
    }

    #[must_use]
    pub fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }

    /// The closed code scripts and screens match on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => "disk_full",
            Self::Photo(PhotoError::DiskFull { .. } | PhotoError::NoRoom { .. }) => "disk_full",
            Self::Sql { source, .. } if source.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) => {
                "disk_full"
            }
            Self::Io { .. } | Self::Photo(_) => "disk_failed",
            Self::NewerDatabase { .. } => "newer_database",
            Self::Corrupt { .. } | Self::MigrationChanged { .. } => "corrupt",
            Self::FolderInUse { .. } => "folder_in_use",
            Self::PlainListener { .. } => "plain_listener",
            Self::Tls { .. } => "tls",
            Self::Recovering => "recovering",
            Self::UnknownRole { .. } => "unknown_role",
            Self::UnknownUnit { .. } => "unknown_unit",
            Self::UnknownUser { .. } => "unknown_user",
            Self::BadUserName { .. } => "bad_user_name",
            Self::WeakPassword { .. } => "weak_password",
            Self::WrongPassword => "wrong_password",
            Self::TooManyTries { .. } => "too_many_tries",
            Self::SignedOut => "signed_out",
            Self::NotAllowed { .. } => "not_allowed",
            Self::CodeRefused => "code_refused",
            Self::AlreadySetUp => "already_set_up",
            Self::TownExists { .. } => "town_exists",
            Self::BadRequest { .. } | Self::Body(_) | Self::Signature(_) => "bad_request",
            Self::NotFound { .. } => "not_found",
            Self::Sql { .. } | Self::Stopped | Self::Inner { .. } => "internal",
        }
    }
}

impl std::fmt::Display for ServerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io { op, path, source } => write!(f, "{op} {}: {source}", path.display()),
            Self::Sql { op, source } => write!(f, "{op}: {source}"),
            Self::NewerDatabase { path, found, known } => {
                write!(f, "{} has version {found}; this program knows {known} and has not touched it", path.display())
            }
            Self::MigrationChanged { path, number } => {
                write!(f, "migration {number} of {} is not ours", path.display())
            }
            Self::Corrupt { what } => write!(f, "stored data contradicts itself: {what}"),
            Self::FolderInUse { path } => write!(f, "another server serves {}", path.display()),
            Self::PlainListener { addr } => write!(f, "{addr} is not loopback: give --tls-cert and --tls-key"),
            Self::Tls { path, why } => write!(f, "TLS file {}: {why}", path.display()),
            Self::Recovering => {
                f.write_str("the server was put back from a backup and takes nothing new yet: `recover`")
            }
            Self::Stopped => f.write_str("the journal is closed"),
            Self::UnknownRole { role } => write!(f, "no such role: {role}"),
            Self::UnknownUnit { unit } => write!(f, "no such department: {unit}"),
            Self::UnknownUser { user } => write!(f, "no such user: {user}"),
            Self::BadUserName { user } => write!(f, "not a user name: {user:?}"),
            Self::WeakPassword { chars_min } => write!(f, "a password has at least {chars_min} characters"),
            Self::WrongPassword => f.write_str("user or password is wrong"),
            Self::TooManyTries { retry_s } => write!(f, "too many tries; again in {retry_s} s"),
            Self::SignedOut => f.write_str("nobody is signed in"),
            Self::NotAllowed { action } => write!(f, "not allowed: {action}"),
            Self::CodeRefused => f.write_str("the code is unknown, used or too old"),
            Self::AlreadySetUp => f.write_str("there is an administrator already"),
            Self::TownExists { records } => write!(f, "the folder already holds a town ({records} events)"),
            Self::BadRequest { what } => write!(f, "bad request: {what}"),
            Self::NotFound { what } => write!(f, "not found: {what}"),
            Self::Body(e) => e.fmt(f),
            Self::Signature(e) => e.fmt(f),
            Self::Photo(e) => e.fmt(f),
            Self::Inner { op, why } => write!(f, "{op}: {why}"),
        }
    }
}

impl std::error::Error for ServerError {}

impl From<BodyError> for ServerError {
    fn from(e: BodyError) -> Self {
        Self::Body(e)
    }
}

impl From<SignatureError> for ServerError {
    fn from(e: SignatureError) -> Self {
        Self::Signature(e)
    }
}

impl From<xunju_photos::PhotoError> for ServerError {
    fn from(e: xunju_photos::PhotoError) -> Self {
        Self::Photo(e)
    }
}
