//! `user add`.

use std::path::Path;

use super::secret_from_stdin;
use crate::accounts::user::{self, Post};
use crate::clock::Clock;
use crate::error::Result;
use crate::folder::Folder;
use crate::journal::Journal;

pub fn run(data: &Path, name: &str, role: &str, post: Post) -> Result<()> {
    let role = user::role(role)?;
    let password = secret_from_stdin()?;
    let journal = Journal::open(&Folder::open(data)?, Clock::system())?;
    user::add(&journal, name, role, post, &password)?;
    println!("{}", serde_json::json!({ "user": name, "role": role.code() }));
    Ok(())
}
