//! Every crate's error as one of the closed codes.

use xunju_domain::case::decide::Refusal;
use xunju_photos::PhotoError;
use xunju_store::StoreError;

use crate::error::{ApiError, ErrorCode};

/// Turns a result's error into a code.
pub trait Refused<T> {
    /// # Errors
    /// The same failure as an [`ApiError`].
    fn refused(self) -> Result<T, ApiError>;
}

impl<T, E: Into<ApiError>> Refused<T> for Result<T, E> {
    fn refused(self) -> Result<T, ApiError> {
        self.map_err(Into::into)
    }
}

impl From<StoreError> for ApiError {
    fn from(e: StoreError) -> Self {
        use ErrorCode as Code;
        match e {
            StoreError::InUse { path } => Self::new(Code::FolderInUse).with("folder", path.display()).retryable(),
            StoreError::AlreadyThere { path } => Self::new(Code::AlreadyEnrolled).with("folder", path.display()),
            StoreError::NotThere { .. } | StoreError::NotEnrolled => Self::new(Code::NotEnrolled),
            StoreError::Newer { found, known, .. } => {
                Self::new(Code::NewerDatabase).with("found", found).with("known", known)
            }
            StoreError::NeedsPassphrase => Self::new(Code::Locked),
            StoreError::WrongPassphrase => Self::new(Code::WrongPassphrase).at("passphrase"),
            StoreError::KeyGone { store_id } => Self::new(Code::Locked).with("key_gone", store_id),
            StoreError::Corrupt { what } => Self::new(Code::Corrupt).with("what", what),
            StoreError::DiskFull { op, path } => {
                Self::new(Code::DiskFull).with("op", op).with("path", path.display()).retryable()
            }
            StoreError::Io { op, path, source } => Self::new(Code::DiskFailed)
                .with("op", op)
                .with("path", path.display())
                .with("cause", source)
                .retryable(),
            StoreError::NotFound { what } => Self::new(Code::NotFound).with("what", what),
            StoreError::Body(e) => Self::new(Code::Invalid).with("problem", e),
            StoreError::Signature { event, .. } => Self::new(Code::Corrupt).with("what", event),
            other => Self::new(Code::Internal).with("op", other),
        }
    }
}

impl From<PhotoError> for ApiError {
    fn from(e: PhotoError) -> Self {
        use ErrorCode as Code;
        match e {
            PhotoError::Unsupported { media_type } => Self::new(Code::PhotoUnsupported).with("media_type", media_type),
            PhotoError::TooLarge { bytes, bytes_max } => {
                Self::new(Code::PhotoTooLarge).with("bytes", bytes).with("bytes_max", bytes_max)
            }
            PhotoError::Missing { hash } => Self::new(Code::PhotoMissing).with("hash", hash),
            PhotoError::Corrupt { hash, what } => Self::new(Code::Corrupt).with("what", what).with("hash", hash),
            PhotoError::NoRoom { free_bytes, photos_fit } => {
                Self::new(Code::DiskFull).with("free_bytes", free_bytes).with("photos_fit", photos_fit).retryable()
            }
            PhotoError::DiskFull { op, path } => {
                Self::new(Code::DiskFull).with("op", op).with("path", path.display()).retryable()
            }
            PhotoError::Disk { op, path, source } => Self::new(Code::DiskFailed)
                .with("op", op)
                .with("path", path.display())
                .with("cause", source)
                .retryable(),
            PhotoError::BadHash { hash } => Self::new(Code::BadRequest).with("hash", hash),
            other => Self::new(Code::Internal).with("op", other),
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        use ErrorCode as Code;
        match refusal {
            Refusal::NotAllowed { action } => Self::new(Code::NotAllowed).with("action", action),
            Refusal::IllegalTransition { from, action } => {
                Self::new(Code::IllegalTransition).with("from", from).with("action", action)
            }
            Refusal::Blocked { action, code } => {
                Self::new(Code::NotAllowed).with("action", action).with("reason", code)
            }
            Refusal::Invalid(problems) => invalid(&problems),
        }
    }
}

/// The first problem names the field; all of them travel as parameters.
pub fn invalid(problems: &[xunju_domain::case::draft::FieldProblem]) -> ApiError {
    let mut error = ApiError::new(ErrorCode::Invalid);
    if let Some(first) = problems.first() {
        error = error.at(&first.field).with("problem", &first.code);
    }
    let all: Vec<String> = problems.iter().map(|p| format!("{}:{}", p.field, p.code)).collect();
    error.with("all", all.join(","))
}
