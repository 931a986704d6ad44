//! A checkpoint: the log's size and root at one moment, signed, in the text form other witnesses of transparency logs
//! read (C2SP `tlog-checkpoint` and `signed-note`).
//!
//! ```text
//! xunju/log_0123…
//! 1591
//! <root, base64>
//! time 1795485600000
//!
//! — xunju/log_0123… <key hash and signature, base64>
//! ```

use base64ct::{Base64, Encoding as _};

use crate::hash::Hash;
use crate::suite::{PublicKey, SignatureError, Signer};

/// Ed25519 in a signed note.
const ALGORITHM: u8 = 1;
/// Longer than any that is lawful.
const BYTES_MAX: usize = 4_096;

/// What the log was at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The town log's id.
    pub log: String,
    /// Events in it.
    pub size: u64,
    pub root: Hash,
    /// Server's clock, milliseconds since 1970.
    pub at_ms: i64,
}

impl Checkpoint {
    #[must_use]
    pub fn origin(&self) -> String {
        format!("xunju/{}", self.log)
    }

    /// The lines that are signed.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\ntime {}\n", self.origin(), self.size, Base64::encode_string(&self.root.0), self.at_ms)
    }

    /// The signed note.
    #[must_use]
    pub fn sign(&self, signer: &Signer) -> String {
        sign_note(&self.origin(), &self.text(), signer)
    }

    /// Reads a note and checks the log's own signature on it. Signatures of others are passed over.
    ///
    /// # Errors
    /// `BadSignature` for anything that is not a checkpoint of this log signed by this key.
    pub fn open(note: &str, log: &str, key: &PublicKey) -> Result<Self, SignatureError> {
        let text = open_note(note, &format!("xunju/{log}"), key)?;
        let said = Self::read(&text).filter(|said| said.log == log && said.text() == text);
        said.ok_or(SignatureError::BadSignature)
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let log = lines.next()?.strip_prefix("xunju/")?.to_owned();
        let size = lines.next()?.parse().ok()?;
        let root = Hash::from_slice(&Base64::decode_vec(lines.next()?).ok()?).ok()?;
        let at_ms = lines.next()?.strip_prefix("time ")?.parse().ok()?;
        Some(Self { log, size, root, at_ms })
    }
}

/// A text under a name and a key, as a signed note.
pub(crate) fn sign_note(origin: &str, text: &str, signer: &Signer) -> String {
    let mut stamp = key_hash(origin, &signer.public()).to_vec();
    stamp.extend(signer.sign_note(text));
    format!("{text}\n\u{2014} {origin} {}\n", Base64::encode_string(&stamp))
}

/// The text of a note that this key signed under this name.
pub(crate) fn open_note(note: &str, origin: &str, key: &PublicKey) -> Result<String, SignatureError> {
    let bad = || SignatureError::BadSignature;
    if note.len() > BYTES_MAX {
        return Err(bad());
    }
    let (text, signatures) = note.split_once("\n\n").ok_or_else(bad)?;
    let text = format!("{text}\n");
    let hash = key_hash(origin, key);
    let own = signatures.lines().filter_map(|line| line.strip_prefix("\u{2014} ")?.split_once(' '));
    let mut stamps = own.filter(|(name, _)| *name == origin).filter_map(|(_, stamp)| Base64::decode_vec(stamp).ok());
    let signed = |stamp: Vec<u8>| {
        stamp.split_at_checked(hash.len()).is_some_and(|(of, sig)| *of == hash && key.verify_note(&text, sig).is_ok())
    };
    if text.lines().next() == Some(origin) && stamps.any(signed) { Ok(text) } else { Err(bad()) }
}

fn key_hash(origin: &str, key: &PublicKey) -> [u8; 4] {
    let whole = Hash::of_parts(&[origin.as_bytes(), b"\n", &[ALGORITHM], &key.bytes()]).0;
    let [a, b, c, d, ..] = whole;
    [a, b, c, d]
}
