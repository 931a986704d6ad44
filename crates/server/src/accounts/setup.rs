//! The first administrator: a one-time code printed at the start, never a default password.

use std::net::IpAddr;
use std::sync::Arc;

use xunju_domain::permission::{Role, Scopes};

use super::{code, login, password, user};
use crate::error::{Result, ServerError};
use crate::journal::directory::{self, User};
use crate::journal::{Journal, town};

/// Wrong codes from one address that cost no wait.
const FREE_FOR_ADDRESS: u32 = 5;

/// A fresh setup code while nobody could make accounts; none otherwise.
///
/// # Errors
/// `Sql`.
pub fn code_if_needed(journal: &Arc<Journal>) -> Result<Option<String>> {
    journal.write(|tx| if user::has_administrator(tx.conn)? { Ok(None) } else { code::draw_setup(tx).map(Some) })
}

/// What the setup page asks.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetupRequest {
    pub code: String,
    pub user: String,
    pub password: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub town_name: Option<String>,
    #[serde(default)]
    pub town_code: Option<String>,
}

/// Makes the first administrator.
///
/// # Errors
/// `CodeRefused`, `AlreadySetUp`, `BadUserName`, `WeakPassword`, `BadRequest` for the town's name.
pub fn first_administrator(journal: &Arc<Journal>, request: SetupRequest, address: IpAddr) -> Result<()> {
    user::check_name(&request.user)?;
    let hash = password::hash(&request.password)?;
    let done = journal.write(move |tx| {
        if user::has_administrator(tx.conn)? {
            return Err(ServerError::AlreadySetUp);
        }
        let by_address = format!("setup:{address}");
        login::hold(tx.conn, &by_address, tx.clock.now_ms())?;
        match code::use_setup(tx, &request.code) {
            Err(ServerError::CodeRefused) => {
                login::failed(tx, &by_address, FREE_FOR_ADDRESS)?;
                return Ok(false);
            }
            used => used?,
        }
        let SetupRequest { user: id, name, town_name, town_code, .. } = request;
        let name = name.unwrap_or_else(|| id.clone());
        directory::define_user(
            tx,
            &User {
                id: id.clone(),
                name,
                roles: vec![Role::Adm],
                scopes: Scopes::All,
                active: true,
                unit: String::new(),
                certificates: Vec::new(),
            },
        )?;
        user::set_password(tx, &id, &hash)?;
        let now = town::read(tx.conn)?;
        town::name(tx, &town_name.unwrap_or(now.name), &town_code.unwrap_or(now.code))?;
        Ok(true)
    })?;
    if done { Ok(()) } else { Err(ServerError::CodeRefused) }
}
