//! The bytes of pictures: the only crate that touches them.
//!
//! It owns the **vault** (one file per SHA-256, sealed on laptops, plain on the town server), the
//! **intake** (what a picture says of itself, and its two renditions), **inspection** of a file that is
//! not taken in, **recycled** photos, the **watched folder**, and the drawn **sample** pictures of the sample town.
//!
//! It never changes an original, never judges a picture by its name, never speaks SQL, and never lets
//! a broken picture take the program down.
//!
//! Start at [`intake::intake`]: it goes through everything else. The file format is in `vault/seal.rs`.

pub mod codec;
mod digest;
mod error;
pub mod folder;
pub mod inspect;
pub mod intake;
pub mod recycled;
pub mod sample;
pub mod vault;
pub mod worker;

pub use digest::sha256_hex;
pub use error::PhotoError;
pub use intake::{Flag, Intake, PhotoFacts, Source, intake};
pub use vault::{Step, Stored, Vault, VaultKey};
