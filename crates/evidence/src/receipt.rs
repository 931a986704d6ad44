//! What the server signs: "received and kept" for a chain prefix, for a photo, and for a page of a scope.

use serde::{Deserialize, Serialize};

use crate::hash::{Hash, to_hex};
use crate::suite::{PublicKey, SignatureError, Signer, framed};

/// A statement with a fixed text form to sign.
pub trait Statement {
    const DOMAIN: &'static str;
    /// Field by field, one a line: short, and readable beside the signature.
    fn text(&self) -> String;
}

/// The server holds every event of (dev, inc) up to `upto_n`, whose id is `head`, durably.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The town log's id.
    pub log: String,
    pub epoch: u32,
    pub dev: String,
    pub inc: u32,
    pub upto_n: u64,
    pub head: Hash,
    /// Server's clock, milliseconds since 1970.
    pub recv_ms: i64,
}

impl Statement for Receipt {
    const DOMAIN: &'static str = "xunju/receipt/v1";

    fn text(&self) -> String {
        let Self { log, epoch, dev, inc, upto_n, head, recv_ms } = self;
        format!("log {log}\nepoch {epoch}\ndev {dev}\ninc {inc}\nupto_n {upto_n}\nhead {head}\nrecv_ms {recv_ms}\n")
    }
}

/// The server holds these bytes, whole and verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobReceipt {
    pub log: String,
    pub hash: Hash,
    pub bytes: u64,
    pub recv_ms: i64,
}

impl Statement for BlobReceipt {
    const DOMAIN: &'static str = "xunju/blob-receipt/v1";

    fn text(&self) -> String {
        let Self { log, hash, bytes, recv_ms } = self;
        format!("log {log}\nsha256 {hash}\nbytes {bytes}\nrecv_ms {recv_ms}\n")
    }
}

/// Where each scope of a pulled page stands: position and rolling hash (sync.md §5.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSeal {
    pub log: String,
    pub epoch: u32,
    /// (scope, position, rolling hash), in order of scope.
    pub scopes: Vec<(String, u64, Hash)>,
    /// Echo of the asking laptop's request, so an old page cannot be replayed as new.
    pub echo: String,
}

impl Statement for PageSeal {
    const DOMAIN: &'static str = "xunju/page/v1";

    fn text(&self) -> String {
        let mut text = format!("log {}\nepoch {}\necho {}\n", self.log, self.epoch, self.echo);
        for (scope, pos, hash) in &self.scopes {
            text.push_str(&format!("scope {scope} {pos} {hash}\n"));
        }
        text
    }
}

/// A statement with the server's signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countersigned<T> {
    pub said: T,
    /// Hex.
    pub sig: String,
}

impl<T: Statement> Countersigned<T> {
    #[must_use]
    pub fn sign(said: T, signer: &Signer) -> Self {
        let sig = to_hex(&signer.sign(T::DOMAIN, &[said.text().as_bytes()]));
        Self { said, sig }
    }

    /// The very bytes that were signed.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        framed(T::DOMAIN, &[self.said.text().as_bytes()])
    }

    /// # Errors
    /// `BadSignature` when it is not the server's own.
    pub fn verify(&self, server: &PublicKey) -> Result<&T, SignatureError> {
        let sig = crate::hash::from_hex(&self.sig).ok_or(SignatureError::BadSignature)?;
        server.verify(T::DOMAIN, &[self.said.text().as_bytes()], &sig)?;
        Ok(&self.said)
    }
}
