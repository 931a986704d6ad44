//! Places that hand the key over without a person: the OS key store, or a 0600 file in the user's profile.

use std::path::{Path, PathBuf};

use super::DataKey;
use crate::error::StoreError;
use crate::folder::write_whole;

const SERVICE: &str = "cn.xunju.data-folder";

/// Whether the key store took the key and gives it back.
pub(super) fn os_put(store_id: &str, key: &DataKey) -> bool {
    let put = || {
        let entry = keyring::Entry::new(SERVICE, store_id)?;
        entry.set_password(&key.text())?;
        entry.get_password()
    };
    put().is_ok_and(|text| text == key.text())
}

pub(super) fn os_get(store_id: &str) -> Option<DataKey> {
    let text = keyring::Entry::new(SERVICE, store_id).and_then(|entry| entry.get_password()).ok()?;
    DataKey::from_text(&text)
}

fn path(state_dir: &Path, store_id: &str) -> PathBuf {
    state_dir.join("keys").join(format!("{store_id}.key"))
}

pub(super) fn file_put(state_dir: &Path, store_id: &str, key: &DataKey) -> Result<(), StoreError> {
    let dir = state_dir.join("keys");
    std::fs::create_dir_all(&dir).map_err(StoreError::io("create folder", &dir))?;
    write_whole(&path(state_dir, store_id), key.text().as_bytes())
}

pub(super) fn file_get(state_dir: &Path, store_id: &str) -> Result<Option<DataKey>, StoreError> {
    let path = path(state_dir, store_id);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(DataKey::from_text(&text)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(StoreError::io("read", &path)(e)),
    }
}
