//! `recover`: how far a server that was put back from a backup has come, and its end.

use std::path::Path;

use super::backup::print;
use crate::clock::Clock;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::{Journal, recover};

/// # Errors
/// `NotFound` for a folder without a town, `BadRequest` where nothing is being recovered, `Sql`.
pub fn run(data: &Path, finish: bool) -> Result<()> {
    if !data.join("journal.db").is_file() {
        return Err(ServerError::NotFound { what: format!("journal in {}", data.display()) });
    }
    let journal = Journal::open(&Folder::open(data)?, Clock::system())?;
    if finish {
        return print(&journal.write(recover::finish)?);
    }
    let nothing = || ServerError::BadRequest { what: "nothing is being recovered".to_owned() };
    print(&journal.read(recover::recovery)?.ok_or_else(nothing)?)
}
