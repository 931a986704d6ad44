//! `backup` and `restore`.

use std::path::Path;

use super::secret_from_stdin;
use crate::backup::restore;
use crate::backup::take::{self, How};
use crate::clock::Clock;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::Journal;

/// # Errors
/// What [`take::take`] says; `NotFound` for a folder without a town.
pub fn take(data: &Path, to: &Path, with_key: bool, keep: usize, init: bool) -> Result<()> {
    if !data.join("journal.db").is_file() {
        return Err(ServerError::NotFound { what: format!("journal in {}", data.display()) });
    }
    let phrase = if with_key { Some(secret_from_stdin()?) } else { None };
    let folder = Folder::open(data)?;
    let journal = Journal::open(&folder, Clock::system())?;
    let how = How { phrase: phrase.as_ref().map(|text| text.as_str()), keep, init };
    let taken = take::take(&folder, &journal, to, &how)?;
    print(&taken)
}

/// # Errors
/// What [`restore::restore`] says.
pub fn restore(from: &Path, data: &Path) -> Result<()> {
    let phrase = secret_from_stdin()?;
    print(&restore::restore(from, data, Some(phrase.as_str()))?)
}

pub(super) fn print(what: &impl serde::Serialize) -> Result<()> {
    println!("{}", serde_json::to_string(what).map_err(|e| ServerError::inner("write answer", e))?);
    Ok(())
}
