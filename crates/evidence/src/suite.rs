//! Signature suites and the signed event. One byte names the suite; 1 is Ed25519 over SHA-256 ids.

use base64ct::{Base64, Encoding as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::body::{BodyError, EventBody};
use crate::hash::{Hash, from_hex, to_hex};

/// Sets a signature over an event apart from a signature over anything else.
const EVENT_DOMAIN: &str = "xunju/event/v1";

/// How a key signs. 2 (ECDSA P-256, for a TPM) and 3 (SM2/SM3) are reserved (sync.md §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Suite {
    Ed25519,
}

impl From<Suite> for u8 {
    fn from(suite: Suite) -> Self {
        match suite {
            Suite::Ed25519 => 1,
        }
    }
}

impl TryFrom<u8> for Suite {
    type Error = SignatureError;

    fn try_from(byte: u8) -> Result<Self, SignatureError> {
        match byte {
            1 => Ok(Self::Ed25519),
            other => Err(SignatureError::UnknownSuite(other)),
        }
    }
}

/// Why a signature, or a key, is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureError {
    UnknownSuite(u8),
    BadKey,
    BadSignature,
    Body(BodyError),
}

impl std::fmt::Display for SignatureError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownSuite(byte) => write!(f, "signature suite {byte} is not known"),
            Self::BadKey => f.write_str("not a public key of this suite"),
            Self::BadSignature => f.write_str("the signature does not verify"),
            Self::Body(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for SignatureError {}

impl From<BodyError> for SignatureError {
    fn from(e: BodyError) -> Self {
        Self::Body(e)
    }
}

/// Pre-authentication encoding: domain, then each part behind its length, so no two messages collide.
pub(crate) fn framed(domain: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(domain.len() + 8 + parts.iter().map(|p| p.len() + 8).sum::<usize>());
    for part in std::iter::once(domain.as_bytes()).chain(parts.iter().copied()) {
        out.extend_from_slice(&(part.len() as u64).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}

/// A device's or the server's private key. Wiped from memory when dropped; never printed.
pub struct Signer {
    key: SigningKey,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.public().device_id())
    }
}

impl Signer {
    /// From 32 random bytes, which the caller draws and keeps.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self { key: SigningKey::from_bytes(seed) }
    }

    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey { suite: Suite::Ed25519, key: self.key.verifying_key() }
    }

    /// Signs parts under a domain of their own.
    #[must_use]
    pub fn sign(&self, domain: &str, parts: &[&[u8]]) -> Vec<u8> {
        self.key.sign(&framed(domain, parts)).to_bytes().to_vec()
    }

    /// Signs a note as C2SP `signed-note` says: its text as it stands. No text of lines is like a framed message, which
    /// begins with a length.
    #[must_use]
    pub fn sign_note(&self, text: &str) -> Vec<u8> {
        self.key.sign(text.as_bytes()).to_bytes().to_vec()
    }

    /// Freezes a body into an event.
    ///
    /// # Errors
    /// When the body cannot be written as I-JSON of at most 64 KiB.
    pub fn sign_event(&self, body: &EventBody) -> Result<SignedEvent, BodyError> {
        let body = body.to_bytes()?;
        let sig = self.sign(EVENT_DOMAIN, &[&body]);
        Ok(SignedEvent { body, suite: Suite::Ed25519.into(), sig })
    }
}

/// A public key with its suite; text form `1:<hex>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    suite: Suite,
    key: VerifyingKey,
}

impl PublicKey {
    /// # Errors
    /// `BadKey` for anything but a canonical key in `1:<hex>` form.
    pub fn parse(text: &str) -> Result<Self, SignatureError> {
        let (suite, hex) = text.split_once(':').ok_or(SignatureError::BadKey)?;
        let suite = Suite::try_from(suite.parse::<u8>().map_err(|_| SignatureError::BadKey)?)?;
        let bytes: [u8; 32] = from_hex(hex).and_then(|b| b.try_into().ok()).ok_or(SignatureError::BadKey)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| SignatureError::BadKey)?;
        Ok(Self { suite, key })
    }

    #[must_use]
    pub fn text(&self) -> String {
        format!("{}:{}", u8::from(self.suite), to_hex(self.key.as_bytes()))
    }

    /// `d_` and the first 16 bytes of the key's fingerprint: the name of a chain.
    #[must_use]
    pub fn device_id(&self) -> String {
        let fingerprint = Hash::of_parts(&[&[u8::from(self.suite)], self.key.as_bytes()]).hex();
        format!("d_{}", fingerprint.chars().take(32).collect::<String>())
    }

    /// The key's 32 bytes.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// As `openssl` reads it (RFC 8410, section 4).
    #[must_use]
    pub fn pem(&self) -> String {
        const HEAD: [u8; 12] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];
        let der: Vec<u8> = HEAD.into_iter().chain(*self.key.as_bytes()).collect();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", Base64::encode_string(&der))
    }

    /// # Errors
    /// `BadSignature`; strict verification of a signed note.
    pub fn verify_note(&self, text: &str, sig: &[u8]) -> Result<(), SignatureError> {
        let sig = Signature::from_slice(sig).map_err(|_| SignatureError::BadSignature)?;
        self.key.verify_strict(text.as_bytes(), &sig).map_err(|_| SignatureError::BadSignature)
    }

    /// # Errors
    /// `BadSignature`; strict verification, so a signature has one form only.
    pub fn verify(&self, domain: &str, parts: &[&[u8]], sig: &[u8]) -> Result<(), SignatureError> {
        let sig = Signature::from_slice(sig).map_err(|_| SignatureError::BadSignature)?;
        self.key.verify_strict(&framed(domain, parts), &sig).map_err(|_| SignatureError::BadSignature)
    }
}

/// Body, suite and signature, exactly as stored and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedEvent {
    pub body: Vec<u8>,
    pub suite: u8,
    pub sig: Vec<u8>,
}

impl SignedEvent {
    /// The event's id: SHA-256 of the body's bytes.
    #[must_use]
    pub fn id(&self) -> Hash {
        Hash::of(&self.body)
    }

    /// The very bytes that were signed.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        framed(EVENT_DOMAIN, &[&self.body])
    }

    /// Reads the body after checking the signature.
    ///
    /// # Errors
    /// A suite this version does not know, a signature that does not verify, a body that is not one.
    pub fn open(&self, key: &PublicKey) -> Result<EventBody, SignatureError> {
        if u8::from(key.suite) != self.suite {
            return Err(SignatureError::UnknownSuite(self.suite));
        }
        key.verify(EVENT_DOMAIN, &[&self.body], &self.sig)?;
        Ok(EventBody::parse(&self.body)?)
    }
}
