//! `xunjuctl enrol`

use std::time::Duration;

use serde_json::json;
use xunju_api::view::app::{EnrolRequest, KeyProtection};
use xunju_link::Outcome;

use crate::answer::Answer;
use crate::arguments::{EnrolArguments, FolderArguments};
use crate::folder;

/// Longest wait for the first exchange; a later `sync` goes on where it stopped.
const FIRST_EXCHANGE: Duration = Duration::from_secs(120);

pub fn enrol(of: &FolderArguments, asked: &EnrolArguments) -> Answer {
    let laptop = folder::open(of)?;
    let request = EnrolRequest {
        server_url: asked.server.clone(),
        code: asked.code.clone(),
        passphrase: None,
        device_name: asked.device_name.clone(),
    };
    let state = laptop.enrol(&request)?;
    if state.key_protection == Some(KeyProtection::UserFile) {
        eprintln!(
            "xunjuctl: this machine has no key store and no passphrase was given: the folder's key is kept in a file of \
             your profile, outside the data folder. Enrol with --passphrase-stdin for better protection."
        );
    }
    // The person's roles and compounds come with the first exchange; without it there is nothing to list.
    let first = laptop.sync_until_quiet(FIRST_EXCHANGE)?;
    laptop.stop();
    Ok(json!({ "enrolled": true, "first_sync": first == Outcome::Drained, "state": laptop.state()? }))
}
