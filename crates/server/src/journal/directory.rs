//! Users and devices as the log defines them, in two tables kept in step with it inside every transaction.

use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::Serialize;
use serde_json::Value;
use xunju_domain::permission::{Role, Scopes, roles_from_codes};
use xunju_domain::user::ScopeList;
use xunju_domain::{device as devices, user as people};
use xunju_evidence::{EventBody, PublicKey};

use super::own::{self, Statement};
use super::{Tx, grant, record};
use crate::error::{Result, ServerError};

/// A person of the town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Sign-in name.
    pub id: String,
    /// Shown name.
    pub name: String,
    pub roles: Vec<Role>,
    pub scopes: Scopes,
    pub active: bool,
    /// Department id; empty for those of no department.
    pub unit: String,
    /// 执法证
    pub certificates: Vec<people::Certificate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceKind {
    Laptop,
    /// The web desk: signs for whoever is signed in.
    Desk,
}

impl DeviceKind {
    fn word(self) -> &'static str {
        match self {
            Self::Laptop => "laptop",
            Self::Desk => "desk",
        }
    }
}

/// An enrolled device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub dev: String,
    pub key: PublicKey,
    pub user: String,
    pub name: String,
    pub kind: DeviceKind,
    pub revoked: bool,
}

/// Takes up what the server has said about users and devices; nobody else speaks of them.
///
/// # Errors
/// `Sql`; `Corrupt` when the server's own words do not read.
pub fn learn(tx: &Tx<'_>, body: &EventBody, seq: u64) -> Result<()> {
    if body.dev != tx.signer.public().device_id() {
        return Ok(());
    }
    let id = xunju_domain::record::id_of(&body.record);
    match body.kind.as_str() {
        people::DEFINED => learn_user(tx.conn, id, &read(body)?, seq),
        devices::ENROLLED => learn_device(tx.conn, id, &read(body)?, seq),
        devices::REVOKED => {
            let revoke = "UPDATE directory_device SET revoked = 1, seq = ?2 WHERE dev = ?1";
            tx.conn.execute(revoke, (id, seq)).map(drop).map_err(ServerError::sql("revoke device"))
        }
        _ => Ok(()),
    }
}

fn read<T: serde::de::DeserializeOwned>(body: &EventBody) -> Result<T> {
    serde_json::from_value(body.data.clone())
        .map_err(|e| ServerError::corrupt(format!("{} of {}: {e}", body.kind, body.record)))
}

fn learn_user(conn: &Connection, id: &str, user: &people::Defined, seq: u64) -> Result<()> {
    let sql = "INSERT INTO directory_user(user, name, roles, scopes, active, seq, unit, certificates)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
               ON CONFLICT(user) DO UPDATE SET name = excluded.name, roles = excluded.roles, scopes = excluded.scopes,
               active = excluded.active, seq = excluded.seq, unit = excluded.unit,
               certificates = excluded.certificates";
    let name = if user.display.is_empty() { &user.name } else { &user.display };
    let certificates = json(&user.certificates)?;
    conn.execute(sql, (id, name, json(&user.roles)?, json(&user.scopes)?, user.active, seq, &user.unit, certificates))
        .map(drop)
        .map_err(ServerError::sql("learn user"))
}

fn learn_device(conn: &Connection, id: &str, device: &devices::Enrolled, seq: u64) -> Result<()> {
    let sql = "INSERT INTO directory_device(dev, key, user, name, kind, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT(dev) DO NOTHING";
    conn.execute(sql, (id, &device.public_key, &device.user, &device.name, &device.kind, seq))
        .map(drop)
        .map_err(ServerError::sql("learn device"))
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| ServerError::inner("write directory", e))
}

/// # Errors
/// `Sql`; `Corrupt` when the table does not read.
pub fn user(conn: &Connection, id: &str) -> Result<Option<User>> {
    conn.prepare_cached(
        "SELECT user, name, roles, scopes, active, unit, certificates FROM directory_user WHERE user = ?1",
    )
    .and_then(|mut stmt| stmt.query_row([id], user_row).optional())
    .map_err(ServerError::sql("read user"))
}

/// Everybody, by id.
///
/// # Errors
/// `Sql`.
pub fn users(conn: &Connection) -> Result<Vec<User>> {
    conn.prepare_cached(
        "SELECT user, name, roles, scopes, active, unit, certificates FROM directory_user ORDER BY user",
    )
    .and_then(|mut stmt| stmt.query_map([], user_row)?.collect())
    .map_err(ServerError::sql("read users"))
}

fn user_row(row: &Row<'_>) -> rusqlite::Result<User> {
    let bad =
        |e: serde_json::Error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e));
    let roles: Vec<String> = serde_json::from_str(&row.get::<_, String>(2)?).map_err(bad)?;
    let scopes: ScopeList = serde_json::from_str(&row.get::<_, String>(3)?).map_err(bad)?;
    let scopes = Scopes::from(&scopes);
    let roles = roles_from_codes(roles);
    let certificates = serde_json::from_str(&row.get::<_, String>(6)?).map_err(bad)?;
    let (id, name, active, unit) = (row.get(0)?, row.get(1)?, row.get(4)?, row.get(5)?);
    Ok(User { id, name, roles, scopes, active, unit, certificates })
}

/// # Errors
/// `Sql`; `Corrupt` when a key does not read.
pub fn device(conn: &Connection, dev: &str) -> Result<Option<Device>> {
    let row = conn
        .prepare_cached("SELECT dev, key, user, name, kind, revoked FROM directory_device WHERE dev = ?1")
        .and_then(|mut stmt| {
            stmt.query_row([dev], |row| {
                let key: String = row.get(1)?;
                let kind = if row.get::<_, String>(4)? == "desk" { DeviceKind::Desk } else { DeviceKind::Laptop };
                Ok((row.get(0)?, key, row.get(2)?, row.get(3)?, kind, row.get(5)?))
            })
            .optional()
        })
        .map_err(ServerError::sql("read device"))?;
    let Some((dev, key, user, name, kind, revoked)) = row else { return Ok(None) };
    let key = PublicKey::parse(&key).map_err(|e| ServerError::corrupt(format!("key of {dev}: {e}")))?;
    Ok(Some(Device { dev, key, user, name, kind, revoked }))
}

/// Says who a user is from now on.
///
/// # Errors
/// `Sql`.
pub fn define_user(tx: &Tx<'_>, user: &User) -> Result<()> {
    let scopes = match &user.scopes {
        Scopes::All => ScopeList::all(),
        Scopes::Some(scopes) => ScopeList::Only(scopes.clone()),
    };
    let roles = user.roles.iter().map(|role| role.code().to_owned()).collect();
    let (name, display, unit) = (user.id.clone(), user.name.clone(), user.unit.clone());
    let certificates = user.certificates.clone();
    let defined = people::Defined { name, display, roles, scopes, active: user.active, unit, certificates };
    say(tx, &format!("user:{}", user.id), people::DEFINED, &defined)
}

/// Enrols a device: from here on its key is believed.
///
/// # Errors
/// `Sql`.
pub fn enrol_device(tx: &Tx<'_>, key: &PublicKey, user: &str, name: &str, kind: DeviceKind) -> Result<Device> {
    let dev = key.device_id();
    let (name, user, kind) = (name.to_owned(), user.to_owned(), kind.word().to_owned());
    let enrolled = devices::Enrolled { name, user, kind, suite: 1, public_key: key.text() };
    say(tx, &format!("device:{dev}"), devices::ENROLLED, &enrolled)?;
    device(tx.conn, &dev)?.ok_or_else(|| ServerError::corrupt(format!("device {dev} not learnt")))
}

/// Ends a device's enrolment: what comes from it from here on is kept, and counts for nothing until a person decides.
///
/// # Errors
/// `NotFound` for a device nobody enrolled, `Sql`.
pub fn revoke_device(tx: &Tx<'_>, dev: &str, reason: &str) -> Result<()> {
    let known = device(tx.conn, dev)?.ok_or_else(|| ServerError::NotFound { what: format!("device {dev}") })?;
    let revoked = devices::Revoked { reason: reason.to_owned() };
    say(tx, &format!("device:{}", known.dev), devices::REVOKED, &revoked)
}

fn say<T: Serialize>(tx: &Tx<'_>, of: &str, kind: &str, data: &T) -> Result<()> {
    let data: Value = serde_json::to_value(data).map_err(|e| ServerError::inner("write statement", e))?;
    let parents = record::heads(&record::events(tx.conn, of, &tx.signer.public().device_id())?);
    let under = &[grant::TOWN];
    own::say(tx, Statement { record: of, scope: grant::TOWN, under, kind, tv: 1, parents, data }).map(drop)
}
