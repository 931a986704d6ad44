//! Making and changing accounts. The person is an event of the log; the password is not.

use std::sync::Arc;

use rusqlite::OptionalExtension as _;
use xunju_domain::catalogue::standard;
use xunju_domain::permission::{Role, Scopes, role_by_name};
use xunju_domain::user::Certificate;

use super::{password, session};
use crate::error::{Result, ServerError};
use crate::journal::directory::{self, User};
use crate::journal::{Journal, Tx};

/// Whether a text can be a user's name: what a login field and a scope name bear.
pub(super) fn check_name(user: &str) -> Result<()> {
    let letters = user.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    let reserved = matches!(user, "server" | "desk");
    if user.is_empty() || user.len() > 40 || !letters || reserved {
        return Err(ServerError::BadUserName { user: user.to_owned() });
    }
    Ok(())
}

/// Role from a friendly name or a code.
///
/// # Errors
/// `UnknownRole`.
pub fn role(name: &str) -> Result<Role> {
    role_by_name(name).ok_or_else(|| ServerError::UnknownRole { role: name.to_owned() })
}

/// Where a new account works; what is not said stays as it was, or is the whole town and no department.
#[derive(Debug, Clone, Default)]
pub struct Post {
    /// Department id of the catalogue.
    pub unit: Option<String>,
    /// Compound ids.
    pub compounds: Option<Vec<String>>,
    /// 执法证, all of them.
    pub certificates: Option<Vec<Certificate>>,
}

/// Makes an account, or sets role, post and password of an existing one. Signs out whoever was in with the
/// old password.
///
/// # Errors
/// `BadUserName`, `UnknownUnit`, `WeakPassword`, `Sql`.
pub fn add(journal: &Arc<Journal>, user: &str, role: Role, post: Post, password: &str) -> Result<()> {
    check_name(user)?;
    check_unit(post.unit.as_deref())?;
    let hash = password::hash(password)?;
    let user = user.to_owned();
    journal.write(move |tx| {
        let known = directory::user(tx.conn, &user)?;
        let name = known.as_ref().map_or_else(|| user.clone(), |user| user.name.clone());
        let before = known.as_ref().map_or(Scopes::All, |user| user.scopes.clone());
        let scopes = post.compounds.map_or(before, |all| Scopes::Some(all.into_iter().collect()));
        let unit = post.unit.or_else(|| known.as_ref().map(|user| user.unit.clone())).unwrap_or_default();
        let held = known.as_ref().map(|user| user.certificates.clone());
        let certificates = post.certificates.or(held).unwrap_or_default();
        let defined = User { id: user.clone(), name, roles: vec![role], scopes, active: true, unit, certificates };
        if known.as_ref() != Some(&defined) {
            directory::define_user(tx, &defined)?;
        }
        set_password(tx, &user, &hash)
    })
}

/// Says which compounds are somebody's from now on; none given, the whole town. Their laptops let go of the others once
/// everything recorded there is delivered.
///
/// # Errors
/// `UnknownUser`, `Sql`.
pub fn set_compounds(journal: &Arc<Journal>, user: &str, compounds: Option<Vec<String>>) -> Result<()> {
    let user = user.to_owned();
    journal.write(move |tx| {
        let known = directory::user(tx.conn, &user)?.ok_or(ServerError::UnknownUser { user })?;
        let scopes = compounds.map_or(Scopes::All, |all| Scopes::Some(all.into_iter().collect()));
        directory::define_user(tx, &User { scopes, ..known })
    })
}

fn check_unit(unit: Option<&str>) -> Result<()> {
    let departments = &standard().departments;
    match unit.filter(|unit| !departments.iter().any(|d| d.id == *unit)) {
        Some(unit) => Err(ServerError::UnknownUnit { unit: unit.to_owned() }),
        None => Ok(()),
    }
}

/// Stores a hash and ends the user's sessions.
///
/// # Errors
/// `Sql`.
pub fn set_password(tx: &Tx<'_>, user: &str, hash: &str) -> Result<()> {
    let sql = "INSERT INTO account(user, password, changed_ms) VALUES (?1, ?2, ?3)
               ON CONFLICT(user) DO UPDATE SET password = excluded.password, changed_ms = excluded.changed_ms";
    tx.conn.execute(sql, (user, hash, tx.clock.now_ms())).map_err(ServerError::sql("set password"))?;
    session::end_all(tx, user)
}

/// The stored hash of an active user; none for anybody else.
///
/// # Errors
/// `Sql`.
pub fn stored_hash(conn: &rusqlite::Connection, user: &str) -> Result<Option<String>> {
    let sql = "SELECT password FROM account JOIN directory_user USING(user) WHERE user = ?1 AND active = 1";
    conn.query_row(sql, [user], |row| row.get(0)).optional().map_err(ServerError::sql("read account"))
}

/// Whether there is somebody who could make accounts.
///
/// # Errors
/// `Sql`.
pub fn has_administrator(conn: &rusqlite::Connection) -> Result<bool> {
    let people = directory::users(conn)?;
    let mut could = people.iter().filter(|user| user.active && user.roles.contains(&Role::Adm));
    could.try_fold(false, |found, user| Ok(found || stored_hash(conn, &user.id)?.is_some()))
}
