//! `import`: a rescue file, beside a running server or none.

use std::path::Path;

use super::backup::print;
use super::secret_from_stdin;
use crate::clock::Clock;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::Journal;
use crate::rescue;

/// # Errors
/// What [`rescue::import`] says; `NotFound` for a folder without a town.
pub fn run(data: &Path, file: &Path) -> Result<()> {
    if !data.join("journal.db").is_file() {
        return Err(ServerError::NotFound { what: format!("journal in {}", data.display()) });
    }
    let phrase = secret_from_stdin()?;
    let folder = Folder::open(data)?;
    let journal = Journal::open(&folder, Clock::system())?;
    print(&rescue::import(&folder, &journal, file, &phrase)?)
}
