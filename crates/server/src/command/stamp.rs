//! `stamp`: one time stamp over the newest checkpoint, beside a running server or none.

use std::path::Path;

use super::backup::print;
use crate::clock::Clock;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::Journal;
use crate::stamp::{Service, once};

/// # Errors
/// What [`once`] says; `NotFound` for a folder without a town.
pub fn run(data: &Path, service: &Service) -> Result<()> {
    if !data.join("journal.db").is_file() {
        return Err(ServerError::NotFound { what: format!("journal in {}", data.display()) });
    }
    let folder = Folder::open(data)?;
    let journal = Journal::open(&folder, Clock::system())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|e| ServerError::inner("start runtime", e))?;
    let stamped = runtime.block_on(once(&folder, &journal, service))?;
    print(&serde_json::json!({ "stamped": stamped }))
}
