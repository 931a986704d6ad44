//! A log that goes on from an older state of itself, on purpose: a server was lost and put back from a backup. The note
//! binds what was kept and the last that was seen, and is signed with the log's own key (sync.md §6.4), in the text form
//! of a signed note (C2SP).
//!
//! ```text
//! xunju/log_0123…/fork
//! epoch 2
//! kept 1591 <root, base64>
//! seen 1622 <root, base64>
//! time 1795485600000
//!
//! — xunju/log_0123…/fork <key hash and signature, base64>
//! ```

use base64ct::{Base64, Encoding as _};

use crate::checkpoint::{open_note, sign_note};
use crate::hash::Hash;
use crate::suite::{PublicKey, SignatureError, Signer};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The town log's id.
    pub log: String,
    /// The epoch that begins.
    pub epoch: u32,
    /// Events the old and the new log have in common, and the root over them.
    pub kept: (u64, Hash),
    /// The largest checkpoint of the old log that anybody showed, of which nothing beyond `kept` is promised.
    pub seen: (u64, Hash),
    /// Server's clock, milliseconds since 1970.
    pub at_ms: i64,
}

impl Fork {
    fn origin(log: &str) -> String {
        format!("xunju/{log}/fork")
    }

    fn text(&self) -> String {
        let Self { log, epoch, kept, seen, at_ms } = self;
        let line = |(size, root): &(u64, Hash)| format!("{size} {}", Base64::encode_string(&root.0));
        format!("{}\nepoch {epoch}\nkept {}\nseen {}\ntime {at_ms}\n", Self::origin(log), line(kept), line(seen))
    }

    /// The signed note.
    #[must_use]
    pub fn sign(&self, signer: &Signer) -> String {
        sign_note(&Self::origin(&self.log), &self.text(), signer)
    }

    /// # Errors
    /// `BadSignature` for anything that is not a fork of this log signed by this key.
    pub fn open(note: &str, log: &str, key: &PublicKey) -> Result<Self, SignatureError> {
        let text = open_note(note, &Self::origin(log), key)?;
        let said = Self::read(&text, log).filter(|said| said.text() == text);
        said.ok_or(SignatureError::BadSignature)
    }

    fn read(text: &str, log: &str) -> Option<Self> {
        let mut lines = text.lines().skip(1);
        let mut after = |word: &str| lines.next()?.strip_prefix(word)?.strip_prefix(' ');
        let epoch = after("epoch")?.parse().ok()?;
        let (kept, seen) = (tree(after("kept")?)?, tree(after("seen")?)?);
        Some(Self { log: log.to_owned(), epoch, kept, seen, at_ms: after("time")?.parse().ok()? })
    }
}

fn tree(text: &str) -> Option<(u64, Hash)> {
    let (size, root) = text.split_once(' ')?;
    Some((size.parse().ok()?, Hash::from_slice(&Base64::decode_vec(root).ok()?).ok()?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn fork() -> Fork {
        let (kept, seen) = ((1591, Hash::of(b"kept")), (1622, Hash::of(b"seen")));
        Fork { log: "log_1".into(), epoch: 2, kept, seen, at_ms: 1_795_485_600_000 }
    }

    /// Frozen: laptops keep it for a court.
    #[test]
    fn the_note_reads_back_and_its_text_is_frozen() {
        let signer = Signer::from_seed(&[7; 32]);
        let note = fork().sign(&signer);
        assert_eq!(Fork::open(&note, "log_1", &signer.public()).unwrap(), fork());
        assert_eq!(
            note.split_once("\n\n").unwrap().0,
            "xunju/log_1/fork\nepoch 2\nkept 1591 efB2q90Zp1Lbcme//y+QIhYdEg3qkZ/ayi/9/CTKjJY=\n\
             seen 1622 cgh5TJhOocddE4d8dCczb+mHIsQaBW7u5PNzYOw2cSM=\ntime 1795485600000"
        );
    }

    #[test]
    fn another_log_another_key_and_another_text_are_refused() {
        let signer = Signer::from_seed(&[7; 32]);
        let note = fork().sign(&signer);
        assert!(Fork::open(&note, "log_2", &signer.public()).is_err());
        assert!(Fork::open(&note, "log_1", &Signer::from_seed(&[8; 32]).public()).is_err());
        assert!(Fork::open(&note.replace("kept 1591", "kept 1592"), "log_1", &signer.public()).is_err());
        assert!(Fork::open(&note.replace("epoch 2", "epoch 02"), "log_1", &signer.public()).is_err());
    }
}
