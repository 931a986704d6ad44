//! The machine's troubles as the codes a screen words.

use xunju_api::error::{ApiError, ErrorCode};
use xunju_sync::client::Trouble;

/// What to tell the person. `retry` is set where waiting is all there is to do.
pub fn told(trouble: &Trouble) -> ApiError {
    use ErrorCode as Code;
    match trouble {
        Trouble::Unreachable => ApiError::new(Code::Offline).retryable(),
        Trouble::NotOurs => ApiError::new(Code::NotOurServer).retryable(),
        Trouble::Busy => ApiError::new(Code::Offline).with("reason", "busy").retryable(),
        Trouble::Recovering => ApiError::new(Code::ServerRecovering).retryable(),
        Trouble::WrongKey | Trouble::OtherLog => ApiError::new(Code::ServerChanged),
        Trouble::Revoked => ApiError::new(Code::DeviceRevoked),
        Trouble::Upgrade { .. } => ApiError::new(Code::UpgradeNeeded),
        Trouble::ServerBehind { scope } => {
            ApiError::new(Code::ServerChanged).with("scope", scope).with("reason", "behind")
        }
        Trouble::Diverged { scope } => ApiError::new(Code::Corrupt).with("what", scope),
        Trouble::Unfit { n, why } => ApiError::new(Code::Corrupt).with("what", format!("event {n}: {why:?}")),
        Trouble::BadReply { what } => ApiError::new(Code::NotOurServer).with("what", what).retryable(),
        Trouble::Local => ApiError::new(Code::DiskFailed).with("op", "sync").with("path", "").retryable(),
    }
}

/// Whether the server can be talked to at all.
pub fn online(trouble: Option<&Trouble>) -> bool {
    !matches!(trouble, Some(Trouble::Unreachable | Trouble::NotOurs | Trouble::WrongKey | Trouble::OtherLog))
}
