//! The bytes that must convince a court: event bodies, hashes, signatures, device chains, receipts.
//!
//! Owns: the canonical event body (I-JSON text, signed verbatim, never re-encoded), SHA-256 ids,
//! signature suites, the per-device chain with incarnations, server receipts, the rolling hash of a
//! scope, the tree over the log with its signed checkpoints. Must never: know what a case is, read a clock, draw a random number, touch a file or SQL.
//!
//! Start reading at [`body`], then [`suite`], [`chain`], [`receipt`], [`tree`], [`checkpoint`].

pub mod body;
pub mod bundle;
pub mod chain;
pub mod checkpoint;
pub mod fork;
pub mod hash;
mod json;
pub mod receipt;
pub mod scope;
pub mod suite;
pub mod tree;

pub use body::{Anchor, Blob, BlobPart, BodyError, EventBody, Seen, Times};
pub use chain::{Head, Link};
pub use checkpoint::Checkpoint;
pub use fork::Fork;
pub use hash::{Hash, HashError};
pub use receipt::{BlobReceipt, Countersigned, PageSeal, Receipt};
pub use suite::{PublicKey, SignatureError, SignedEvent, Signer, Suite};
