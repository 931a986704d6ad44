//! `enrol-code`.

use std::path::Path;

use crate::accounts::code;
use crate::clock::Clock;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::{Journal, directory};

/// Prints what the code is for as JSON, and the code as the last word.
pub fn run(data: &Path, user: &str) -> Result<()> {
    let journal = Journal::open(&Folder::open(data)?, Clock::system())?;
    let name = user.to_owned();
    let (code, expires_ms) = journal.write(move |tx| match directory::user(tx.conn, &name)? {
        Some(known) if known.active => code::draw_device(tx, &name),
        _ => Err(ServerError::UnknownUser { user: name }),
    })?;
    println!("{}", serde_json::json!({ "user": user, "expires_ms": expires_ms }));
    println!("{code}");
    Ok(())
}
