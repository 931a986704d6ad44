//! Wrapping by a passphrase: argon2id (RFC 9106) stretches it, XChaCha20-Poly1305 seals the key.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce, aead::Aead as _};
use serde::{Deserialize, Serialize};
use xunju_evidence::hash::{from_hex, to_hex};
use zeroize::Zeroizing;

use super::DataKey;
use crate::error::StoreError;

/// Memory in KiB, passes, lanes: about a third of a second on a cheap laptop.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// A key under a passphrase: how it was stretched, and what came out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Wrapped {
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    sealed: String,
}

fn stretch(phrase: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Result<Zeroizing<[u8; 32]>, StoreError> {
    let failed = |e: argon2::Error| StoreError::KeyStore(e.to_string());
    let params = Params::new(memory_kib, passes, 1, Some(32)).map_err(failed)?;
    let mut out = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(phrase.as_bytes(), salt, out.as_mut())
        .map_err(failed)?;
    Ok(out)
}

pub(super) fn wrap(key: &DataKey, phrase: &str) -> Result<Wrapped, StoreError> {
    let (mut salt, mut nonce) = ([0; 16], [0; 24]);
    getrandom::fill(&mut salt)
        .and_then(|()| getrandom::fill(&mut nonce))
        .map_err(|e| StoreError::KeyStore(e.to_string()))?;
    let kek = stretch(phrase, &salt, MEMORY_KIB, PASSES)?;
    let cipher = XChaCha20Poly1305::new(kek.as_ref().into());
    let sealed = cipher
        .encrypt(XNonce::from_slice(&nonce), key.0.as_slice())
        .map_err(|_| StoreError::KeyStore("seal".into()))?;
    Ok(Wrapped {
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        salt: to_hex(&salt),
        nonce: to_hex(&nonce),
        sealed: to_hex(&sealed),
    })
}

pub(super) fn unwrap(wrapped: &Wrapped, phrase: &str) -> Result<DataKey, StoreError> {
    let corrupt = || StoreError::Corrupt { what: super::FILE.to_owned() };
    let salt = from_hex(&wrapped.salt).ok_or_else(corrupt)?;
    let nonce: [u8; 24] = from_hex(&wrapped.nonce).and_then(|n| n.try_into().ok()).ok_or_else(corrupt)?;
    let sealed = from_hex(&wrapped.sealed).ok_or_else(corrupt)?;
    if wrapped.memory_kib > 1024 * 1024 || wrapped.passes > 64 {
        return Err(corrupt());
    }
    let kek = stretch(phrase, &salt, wrapped.memory_kib, wrapped.passes)?;
    let cipher = XChaCha20Poly1305::new(kek.as_ref().into());
    let plain = Zeroizing::new(
        cipher.decrypt(XNonce::from_slice(&nonce), sealed.as_slice()).map_err(|_| StoreError::WrongPassphrase)?,
    );
    plain.as_slice().try_into().map(DataKey).map_err(|_| corrupt())
}
