//! `device revoke`.

use std::path::Path;

use crate::clock::Clock;
use crate::error::Result;
use crate::folder::Folder;
use crate::journal::{Journal, directory};

pub fn run(data: &Path, device: &str, reason: &str) -> Result<()> {
    let journal = Journal::open(&Folder::open(data)?, Clock::system())?;
    let said = serde_json::json!({ "device": device, "revoked": reason });
    let (device, reason) = (device.to_owned(), reason.to_owned());
    journal.write(move |tx| directory::revoke_device(tx, &device, &reason))?;
    println!("{said}");
    Ok(())
}
