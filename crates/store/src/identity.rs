//! Who this device is to the town: its key, its incarnation, the server it trusts.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};
use serde::{Deserialize, Serialize};
use xunju_evidence::hash::{from_hex, to_hex};
use xunju_evidence::{PublicKey, Signer};
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::{Changed, Store};

pub(crate) const OWNER: &str = "";

/// What enrolment gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    pub device_name: String,
    pub user: String,
    pub user_name: String,
    pub server_url: String,
    /// `1:<hex>`
    pub server_key: String,
    pub log: String,
    pub epoch: u32,
    pub town_name: String,
    pub town_code: String,
}

/// The device as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub device: String,
    pub device_name: String,
    pub inc: u32,
    pub user: String,
    pub user_name: String,
    pub server_url: String,
    pub server_key: PublicKey,
    pub log: String,
    pub epoch: u32,
    pub town_name: String,
    pub town_code: String,
}

pub(crate) fn setting(db: &Connection, owner: &str, key: &str) -> Result<Option<String>, StoreError> {
    db.query_row("SELECT value FROM setting WHERE owner = ?1 AND key = ?2", (owner, key), |row| row.get(0))
        .optional()
        .map_err(StoreError::sql("read setting"))
}

pub(crate) fn set_setting(db: &Connection, owner: &str, key: &str, value: &str) -> Result<(), StoreError> {
    db.execute(
        "INSERT INTO setting VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = excluded.value",
        (owner, key, value),
    )
    .map(|_| ())
    .map_err(StoreError::sql("write setting"))
}

pub(crate) fn read(db: &Connection, signer: Option<&Signer>) -> Result<Option<Identity>, StoreError> {
    let (Some(text), Some(signer)) = (setting(db, OWNER, "enrolled")?, signer) else { return Ok(None) };
    let enrolled: Enrolled =
        serde_json::from_str(&text).map_err(|e| StoreError::Corrupt { what: format!("enrolment: {e}") })?;
    let inc = setting(db, OWNER, "inc")?.and_then(|inc| inc.parse().ok()).unwrap_or(1);
    let server_key =
        PublicKey::parse(&enrolled.server_key).map_err(|e| StoreError::Corrupt { what: format!("server key: {e}") })?;
    Ok(Some(Identity {
        device: signer.public().device_id(),
        device_name: enrolled.device_name,
        inc,
        user: enrolled.user,
        user_name: enrolled.user_name,
        server_url: enrolled.server_url,
        server_key,
        log: enrolled.log,
        epoch: enrolled.epoch,
        town_name: enrolled.town_name,
        town_code: enrolled.town_code,
    }))
}

impl Store {
    /// The device's public key, drawn on first call, so that it can be named when enrolling.
    ///
    /// # Errors
    /// Disk failures.
    pub fn device_key(&self) -> Result<PublicKey, StoreError> {
        if let Some(signer) = self.signer_if_any()? {
            return Ok(signer.public());
        }
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut()).map_err(|e| StoreError::KeyStore(e.to_string()))?;
        set_setting(&self.writer()?.db, OWNER, "device_seed", &to_hex(seed.as_ref()))?;
        self.load_signer()?;
        Ok(self.signer()?.public())
    }

    /// Keeps what enrolment gave, and opens the first chain with its `device.incarnation`.
    ///
    /// # Errors
    /// Disk failures.
    pub fn enrol(&self, enrolled: &Enrolled, times: xunju_evidence::Times) -> Result<Changed, StoreError> {
        self.device_key()?;
        let text = serde_json::to_string(enrolled).map_err(|e| StoreError::Corrupt { what: e.to_string() })?;
        set_setting(&self.writer()?.db, OWNER, "enrolled", &text)?;
        self.open_incarnation(1, "enrolled", None, times)
    }

    /// # Errors
    /// Disk failures, or an enrolment that cannot be read.
    pub fn identity(&self) -> Result<Option<Identity>, StoreError> {
        let signer = self.signer_if_any()?;
        read(&*self.reader()?, signer.as_deref())
    }

    /// # Errors
    /// `NotEnrolled` before there is a device key.
    pub fn signer(&self) -> Result<Arc<Signer>, StoreError> {
        self.signer_if_any()?.ok_or(StoreError::NotEnrolled)
    }

    fn signer_if_any(&self) -> Result<Option<Arc<Signer>>, StoreError> {
        Ok(self.signer.lock().map_err(|_| StoreError::Poisoned)?.clone())
    }

    pub(crate) fn load_signer(&self) -> Result<(), StoreError> {
        let Some(text) = setting(&*self.reader()?, OWNER, "device_seed")?.map(Zeroizing::new) else { return Ok(()) };
        let seed: [u8; 32] = from_hex(&text)
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| StoreError::Corrupt { what: "device key".to_owned() })?;
        let seed = Zeroizing::new(seed);
        *self.signer.lock().map_err(|_| StoreError::Poisoned)? = Some(Arc::new(Signer::from_seed(&seed)));
        Ok(())
    }
}
