//! The sample town (domain.md §10.3), told through the ordinary intake: every event is signed by a device
//! of its author, every ruling and number is the journal's own.

mod device;
mod pictures;
mod story;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rusqlite::Connection;
use xunju_domain::demo::{DemoTown, Size, town};
use xunju_domain::permission::Scopes;
use xunju_domain::{company, compound};

use crate::accounts::{password, user as accounts};
use crate::blobs::Blobs;
use crate::clock::Clock;
use crate::desk::Desk;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::directory::{self, User};
use crate::journal::own::{self, Statement};
use crate::journal::{Journal, Tx, grant, number, town as names};
use crate::secret;

/// Users whose events come before anything that happened in the town, by this much.
const HEAD_START_MS: i64 = 24 * 3_600_000;

/// A user of the sample town with the password drawn for it.
#[derive(Debug, serde::Serialize)]
pub struct Account {
    pub user: String,
    pub name: String,
    pub role: String,
    pub password: String,
}

/// What was made.
#[derive(Debug, serde::Serialize)]
pub struct Made {
    pub town: String,
    pub code: String,
    pub compounds: usize,
    pub cases: usize,
    pub events: u64,
    pub photos: usize,
    /// Shown once; only hashes are kept.
    pub users: Vec<Account>,
}

/// Makes the sample town in a folder that has none.
///
/// # Errors
/// `TownExists`; what the journal, the vault or the disk say.
pub fn make(data: &Path, size: Size, seed: u64) -> Result<Made> {
    let folder = Folder::open(data)?;
    let now = Clock::system().now_ms();
    let time = Arc::new(AtomicI64::new(now));
    let journal = Journal::open(&folder, Clock::held(Arc::clone(&time)))?;
    refuse_second(&journal)?;
    let today = chrono_date(now)?;
    let plan = town(size, seed, today);
    let pictures = pictures::Pictures::draw(&folder, &plan, now)?;

    let first = plan.cases.first().map_or(now, |case| case.wall_ms.min(now));
    time.store(first - HEAD_START_MS, Ordering::SeqCst);
    let users = passwords(&plan)?;
    journal.write({
        let (plan, users) = (
            plan.clone(),
            users.iter().map(|(account, hash)| (account.user.clone(), hash.clone())).collect::<Vec<_>>(),
        );
        move |tx| found(tx, &plan, &users)
    })?;
    let photos = story::tell(&journal, &time, now, &plan, pictures)?;

    let events = journal.read(crate::journal::pull::tip)?;
    fill_desk(&folder)?;
    let users = users.into_iter().map(|(account, _)| account).collect();
    let (compounds, cases) = (plan.compounds.len(), plan.cases.len());
    Ok(Made { town: plan.name, code: plan.code, compounds, cases, events, photos, users })
}

/// Lets the web desk read the new town, so that the first start shows it at once. A server that is running on
/// this folder does so itself.
fn fill_desk(folder: &Folder) -> Result<()> {
    let Ok(_lock) = folder.lock() else { return Ok(()) };
    let journal = Journal::open(folder, Clock::system())?;
    let blobs = Blobs::open(folder, Arc::clone(&journal))?;
    Desk::open(folder, journal, blobs)?.exchange()
}

fn refuse_second(journal: &Journal) -> Result<()> {
    let records = journal.read(|conn: &Connection| {
        let sql = "SELECT count(*) FROM log WHERE record LIKE 'case:%' OR record LIKE 'compound:%'";
        conn.query_row(sql, [], |row| row.get(0)).map_err(ServerError::sql("look for a town"))
    })?;
    if records > 0 { Err(ServerError::TownExists { records }) } else { Ok(()) }
}

fn chrono_date(now_ms: i64) -> Result<chrono::NaiveDate> {
    let (year, month, day) = number::date_in_shanghai(now_ms);
    i32::try_from(year)
        .ok()
        .and_then(|year| chrono::NaiveDate::from_ymd_opt(year, month, day))
        .ok_or_else(|| ServerError::inner("read today", now_ms))
}

/// A moment in Shanghai, by a `chrono` pattern.
fn chrono_text(ms: i64, pattern: &str) -> String {
    let at = chrono::DateTime::from_timestamp_millis(ms + 8 * 3_600_000).unwrap_or_default();
    at.format(pattern).to_string()
}

fn passwords(plan: &DemoTown) -> Result<Vec<(Account, String)>> {
    let one = |user: &xunju_domain::demo::DemoUser| -> Result<(Account, String)> {
        let password = secret::code(3)?;
        let hash = password::hash(&password)?;
        let role = user.defined.roles.first().cloned().unwrap_or_default();
        Ok((Account { user: user.id.clone(), name: user.defined.display.clone(), role, password }, hash))
    };
    plan.users.iter().map(one).collect()
}

/// The town's name, its people, its compounds.
fn found(tx: &Tx<'_>, plan: &DemoTown, hashes: &[(String, String)]) -> Result<()> {
    names::name(tx, &plan.name, &plan.code)?;
    for user in &plan.users {
        let (name, scopes) = (user.defined.display.clone(), Scopes::from(&user.defined.scopes));
        let (id, roles, active) = (user.id.clone(), user.roles(), user.defined.active);
        let (unit, certificates) = (user.defined.unit.clone(), user.defined.certificates.clone());
        let defined = User { id, name, roles, scopes, active, unit, certificates };
        directory::define_user(tx, &defined)?;
    }
    for (user, hash) in hashes {
        accounts::set_password(tx, user, hash)?;
    }
    for company in &plan.companies {
        let data = serde_json::to_value(&company.defined).map_err(|e| ServerError::inner("write company", e))?;
        let (record, under) = (format!("company:{}", company.id), &[grant::TOWN]);
        let kind = company::DEFINED;
        own::say(tx, Statement { record: &record, scope: grant::TOWN, under, kind, tv: 1, parents: Vec::new(), data })?;
    }
    for compound in &plan.compounds {
        let data = serde_json::to_value(&compound.defined).map_err(|e| ServerError::inner("write compound", e))?;
        let (record, under) = (format!("compound:{}", compound.id), &[grant::TOWN]);
        let kind = compound::DEFINED;
        own::say(tx, Statement { record: &record, scope: grant::TOWN, under, kind, tv: 1, parents: Vec::new(), data })?;
    }
    Ok(())
}
