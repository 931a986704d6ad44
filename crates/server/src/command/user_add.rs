//! `user add`.

use std::io::Read as _;
use std::path::Path;

use zeroize::Zeroizing;

use crate::accounts::user::{self, Post};
use crate::clock::Clock;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::Journal;

pub fn run(data: &Path, name: &str, role: &str, post: Post) -> Result<()> {
    let role = user::role(role)?;
    let password = password_from_stdin()?;
    let journal = Journal::open(&Folder::open(data)?, Clock::system())?;
    user::add(&journal, name, role, post, &password)?;
    println!("{}", serde_json::json!({ "user": name, "role": role.code() }));
    Ok(())
}

/// The first line, without its end; a longer input than any password is cut off.
fn password_from_stdin() -> Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    let read = std::io::stdin().lock().take(4_096).read_to_string(&mut text);
    read.map_err(|e| ServerError::inner("read password", e))?;
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}
