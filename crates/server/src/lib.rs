//! The town server: the one journal everybody's work ends in, and the web desk beside it.
//!
//! Owns: the authoritative log with its numbers and positions, intake, rulings, receipts, photos as they
//! arrive, accounts, sessions, the HTTP surface. Must never: decide what an event of a case means
//! (`domain`), decide what a sync message answers (`sync`), keep anything about the log in memory that it
//! does not read again inside the transaction: other processes write to the same folder.
//!
//! Start reading at [`journal`], then [`accounts`], [`blobs`], [`desk`], [`http`], [`serve`].

pub mod accounts;
pub mod backup;
pub mod blobs;
pub mod clock;
pub mod command;
pub mod db;
pub mod demo;
pub mod desk;
pub mod error;
pub mod folder;
pub mod http;
pub mod journal;
pub mod rescue;
pub mod secret;
pub mod serve;
mod stage;
pub mod stamp;

pub use clock::Clock;
pub use error::{Result, ServerError};
pub use folder::Folder;
pub use journal::Journal;
