//! The key of the data folder: 32 random bytes, kept by the operating system's key store, wrapped by a
//! passphrase, or, weakest, in a file of the user's profile outside the folder. Never in the clear in the folder.

mod passphrase;
mod places;

use std::path::Path;

use serde::{Deserialize, Serialize};
use xunju_evidence::Hash;
use xunju_evidence::hash::{from_hex, to_hex};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::StoreError;
use crate::folder::write_whole;

pub(crate) const FILE: &str = "key.json";

/// How the key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    OsKeyStore,
    Passphrase,
    UserFile,
    /// Nothing is encrypted: a server's own folder.
    Plain,
}

/// How a new folder's key shall be kept.
pub enum NewKey<'a> {
    Passphrase(&'a str),
    /// The OS key store; where there is none, a file in the user's profile.
    Automatic,
    Plain,
}

/// What is offered to open a folder.
pub enum Unlock<'a> {
    Passphrase(&'a str),
    /// Whatever needs no person: key store or key file.
    Automatic,
}

pub use passphrase::Wrapped;

/// Any 32 secret bytes sealed by a passphrase, to be written down.
///
/// # Errors
/// `KeyStore` without random bytes or memory.
pub fn wrap_secret(secret: &[u8; 32], phrase: &str) -> Result<Wrapped, StoreError> {
    passphrase::wrap(&DataKey(*secret), phrase)
}

/// What [`wrap_secret`] sealed.
///
/// # Errors
/// `WrongPassphrase`, `Corrupt`.
pub fn unwrap_secret(wrapped: &Wrapped, phrase: &str) -> Result<Zeroizing<[u8; 32]>, StoreError> {
    passphrase::unwrap(wrapped, phrase).map(|key| Zeroizing::new(key.0))
}

/// 32 bytes, wiped when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct DataKey([u8; 32]);

impl DataKey {
    fn draw() -> Result<Self, StoreError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|e| StoreError::KeyStore(e.to_string()))?;
        Ok(Self(bytes))
    }

    fn from_text(text: &str) -> Option<Self> {
        from_hex(text.trim())?.try_into().ok().map(Self)
    }

    fn text(&self) -> String {
        to_hex(&self.0)
    }

    /// A key for one purpose only.
    pub(crate) fn derive(&self, purpose: &str) -> [u8; 32] {
        Hash::of_parts(&[purpose.as_bytes(), &[0], &self.0]).0
    }
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    store_id: String,
    protection: Protection,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wrapped: Option<passphrase::Wrapped>,
}

type Opened = (String, Protection, Option<DataKey>);

pub(crate) fn protection(dir: &Path) -> Result<Protection, StoreError> {
    Ok(read(dir)?.protection)
}

fn read(dir: &Path) -> Result<KeyFile, StoreError> {
    let path = dir.join(FILE);
    let text = std::fs::read_to_string(&path).map_err(StoreError::io("read", &path))?;
    serde_json::from_str(&text).map_err(|e| StoreError::Corrupt { what: format!("{FILE}: {e}") })
}

pub(crate) fn create(dir: &Path, state_dir: &Path, new: NewKey<'_>) -> Result<Opened, StoreError> {
    let key = DataKey::draw()?;
    let store_id = format!("s_{}", to_hex(&DataKey::draw()?.0).chars().take(24).collect::<String>());
    let (protection, wrapped) = match new {
        NewKey::Plain => (Protection::Plain, None),
        NewKey::Passphrase(phrase) => (Protection::Passphrase, Some(passphrase::wrap(&key, phrase)?)),
        NewKey::Automatic if places::os_put(&store_id, &key) => (Protection::OsKeyStore, None),
        NewKey::Automatic => {
            places::file_put(state_dir, &store_id, &key)?;
            (Protection::UserFile, None)
        }
    };
    let file = KeyFile { store_id: store_id.clone(), protection, wrapped };
    let text = serde_json::to_vec_pretty(&file).map_err(|e| StoreError::KeyStore(e.to_string()))?;
    write_whole(&dir.join(FILE), &text)?;
    Ok((store_id, protection, (protection != Protection::Plain).then_some(key)))
}

pub(crate) fn unlock(dir: &Path, state_dir: &Path, offered: Unlock<'_>) -> Result<Opened, StoreError> {
    let file = read(dir)?;
    let gone = || StoreError::KeyGone { store_id: file.store_id.clone() };
    let key = match (file.protection, offered) {
        (Protection::Plain, _) => None,
        (Protection::OsKeyStore, _) => Some(places::os_get(&file.store_id).ok_or_else(gone)?),
        (Protection::UserFile, _) => Some(places::file_get(state_dir, &file.store_id)?.ok_or_else(gone)?),
        (Protection::Passphrase, Unlock::Automatic) => return Err(StoreError::NeedsPassphrase),
        (Protection::Passphrase, Unlock::Passphrase(phrase)) => {
            let wrapped = file.wrapped.as_ref().ok_or_else(|| StoreError::Corrupt { what: FILE.to_owned() })?;
            Some(passphrase::unwrap(wrapped, phrase)?)
        }
    };
    Ok((file.store_id, file.protection, key))
}
