//! What is said between laptop and server. Each message is one file of shapes and their limits.

mod backed;
mod blob;
mod enrol;
mod frame;
mod pull;
mod push;
mod recover;
mod witness;

pub use backed::{BackedReply, BackedRequest};
pub use blob::{BLOB_RECEIPT_HEADER, blob_metadata, blob_metadata_hash, blob_receipt_from_header, blob_receipt_header};
pub use enrol::{EnrolReply, EnrolRequest, Refusal, Welcome};
pub use frame::{Cursor, PageFrame};
pub use pull::{Page, PullReply, PullRequest, WaitReply};
pub use push::{PushReply, PushRequest, UnfitEvent};
pub use recover::{Carried, RecoverReply, RecoverRequest};
pub use witness::{LogReply, Reach};
