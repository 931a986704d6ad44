//! What a laptop asks for, as HTTP sees it.

use xunju_evidence::Hash;

use crate::message::{PullRequest, PushRequest, blob_metadata};
use crate::wire::{WireError, encode};

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    Push(PushRequest),
    Pull(PullRequest),
    /// Answered when something of ours is newer than this `seq`, or after a while.
    Wait {
        after_seq: u64,
    },
    /// Says that an upload is coming; answers how much of it is there.
    Create {
        hash: Hash,
        bytes: u64,
    },
    /// Asks how much of it is durable.
    Look {
        hash: Hash,
    },
    /// `len` bytes from `offset`, read from the vault by whoever sends this.
    Patch {
        hash: Hash,
        offset: u64,
        len: u32,
    },
    Fetch {
        hash: Hash,
        offset: u64,
        len: u32,
    },
}

impl Request {
    #[must_use]
    pub fn method(&self) -> &'static str {
        match self {
            Self::Push(_) | Self::Pull(_) | Self::Create { .. } => "POST",
            Self::Wait { .. } | Self::Fetch { .. } => "GET",
            Self::Look { .. } => "HEAD",
            Self::Patch { .. } => "PATCH",
        }
    }

    /// Path and query.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Push(_) => "/v1/push".to_owned(),
            Self::Pull(_) => "/v1/pull".to_owned(),
            Self::Wait { after_seq } => format!("/v1/wait?after={after_seq}"),
            Self::Create { .. } => "/v1/blobs".to_owned(),
            Self::Look { hash } | Self::Patch { hash, .. } => format!("/v1/blobs/u/{hash}"),
            Self::Fetch { hash, .. } => format!("/v1/blobs/{hash}"),
        }
    }

    /// Headers beside the device's signature.
    #[must_use]
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let tus = ("tus-resumable", "1.0.0".to_owned());
        match self {
            Self::Push(_) | Self::Pull(_) => vec![("content-type", crate::wire::MEDIA_TYPE.to_owned())],
            Self::Wait { .. } => Vec::new(),
            Self::Create { hash, bytes } => {
                vec![tus, ("upload-length", bytes.to_string()), ("upload-metadata", blob_metadata(hash))]
            }
            Self::Look { .. } => vec![tus],
            Self::Patch { offset, .. } => {
                let media_type = "application/offset+octet-stream".to_owned();
                vec![tus, ("upload-offset", offset.to_string()), ("content-type", media_type)]
            }
            Self::Fetch { offset, len, .. } => {
                let last = offset.saturating_add(u64::from(*len)).saturating_sub(1);
                vec![("range", format!("bytes={offset}-{last}"))]
            }
        }
    }

    /// The body, where it is a message; a `Patch` takes its own from the vault.
    ///
    /// # Errors
    /// `TooLarge` or `Malformed`; never for what the client machine asks.
    pub fn body(&self) -> Result<Vec<u8>, WireError> {
        match self {
            Self::Push(request) => encode(request),
            Self::Pull(request) => encode(request),
            _ => Ok(Vec::new()),
        }
    }

    /// Whether the device's signature covers the body.
    #[must_use]
    pub fn signs_body(&self) -> bool {
        self.method() == "POST"
    }
}
