//! `user scope`: whose compounds are whose.

use std::path::Path;

use crate::accounts::user;
use crate::clock::Clock;
use crate::error::Result;
use crate::folder::Folder;
use crate::journal::Journal;

pub fn run(data: &Path, name: &str, compounds: Option<Vec<String>>) -> Result<()> {
    let journal = Journal::open(&Folder::open(data)?, Clock::system())?;
    let said = serde_json::json!({ "user": name, "compounds": compounds });
    user::set_compounds(&journal, name, compounds)?;
    println!("{said}");
    Ok(())
}
